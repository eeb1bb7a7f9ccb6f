using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Which BLAS is loaded, what it says of itself, and how it runs threads.</summary>
public sealed record BlasInfo
{
    /// <summary>The library's file; empty where none was found.</summary>
    public required string Path { get; init; }

    /// <summary>OpenBLAS's own words: version, switches, processor.</summary>
    public required string Configuration { get; init; }

    public required int Threads { get; init; }

    /// <summary>sequential, pthread, openmp, or unknown.</summary>
    public required string Threading { get; init; }

    internal static unsafe BlasInfo Find(IReadOnlyList<string> libraries)
    {
        var path = libraries.FirstOrDefault(library => System.IO.Path.GetFileName(library).Contains("openblas", StringComparison.Ordinal))
            ?? libraries.FirstOrDefault(library => System.IO.Path.GetFileName(library) is var name && name.Contains("blas", StringComparison.Ordinal) && !name.Contains("cublas", StringComparison.Ordinal))
            ?? libraries.FirstOrDefault(library => library.Contains("mkl", StringComparison.Ordinal)) ?? "";
        var unknown = new BlasInfo { Path = path, Configuration = "", Threads = 0, Threading = "unknown" };
        if (path.Length == 0 || !NativeLibrary.TryLoad(path, out var library)) return unknown;
        try
        {
            if (!NativeLibrary.TryGetExport(library, "openblas_get_config", out var config)
                || !NativeLibrary.TryGetExport(library, "openblas_get_corename", out var core)
                || !NativeLibrary.TryGetExport(library, "openblas_get_num_threads", out var threads)
                || !NativeLibrary.TryGetExport(library, "openblas_get_parallel", out var parallel)) return unknown;
            return unknown with
            {
                Configuration = $"{Text(((delegate* unmanaged<nint>)config)())} {Text(((delegate* unmanaged<nint>)core)())}",
                Threads = ((delegate* unmanaged<int>)threads)(),
                Threading = ((delegate* unmanaged<int>)parallel)() switch { 0 => "sequential", 1 => "pthread", 2 => "openmp", _ => "unknown" },
            };
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    private static string Text(nint words) => Marshal.PtrToStringUTF8(words)?.Trim() ?? "";
}
