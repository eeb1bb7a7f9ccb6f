using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>What lies below the tensors: libtorch, its BLAS, its threads, its memory. TorchSharp itself has nothing of the kind.</summary>
public static class Runtime
{
    /// <summary>Of the headers that the native boundary was compiled against, as in <c>1.13.1</c>.</summary>
    public static unsafe string Version => Marshal.PtrToStringUTF8((nint)Native.tc_version())!;

    /// <summary>libtorch's own account of how it was built and how it runs threads.</summary>
    public static unsafe string Configuration
    {
        get
        {
            var length = Native.tc_show_config(null, 0);
            var text = new byte[length + 1];
            fixed (byte* buffer = text) _ = Native.tc_show_config(buffer, text.Length);
            return System.Text.Encoding.UTF8.GetString(text, 0, length);
        }
    }

    /// <summary>Intra-operator threads.</summary>
    public static int Threads => Native.tc_threads();

    /// <summary>The libraries in this process that offer BLAS, LAPACK or OpenMP, by path.</summary>
    public static IReadOnlyList<string> MathLibraries
    {
        get
        {
            _ = Version; // libtorch brings them in
            return File.Exists("/proc/self/maps") ? [.. File.ReadLines("/proc/self/maps").Select(PathOf).OfType<string>().Distinct().Order()] : [];
        }
    }

    /// <summary>The BLAS that libtorch calls.</summary>
    public static BlasInfo Blas => BlasInfo.Find(MathLibraries);

    /// <summary>Bytes that the caching CPU allocator keeps for later, and bytes in use by tensors.</summary>
    public static (long Cached, long Live) Memory
    {
        get
        {
            Native.tc_allocator_statistics(out var cached, out var live);
            return (cached, live);
        }
    }

    /// <summary>Gives what the caching allocator keeps back to the system now.</summary>
    public static void ReleaseIdleMemory() => Native.tc_trim_allocator(0);

    /// <summary>The schema of an ATen operator, as in <c>aten::add.Tensor</c>; an error when this libtorch lacks it.</summary>
    public static string SchemaOf(string name) => new Operator(name).Schema();

    private static string? PathOf(string line)
    {
        var start = line.IndexOf('/', StringComparison.Ordinal);
        if (start < 0) return null;
        var name = Path.GetFileName(line.AsSpan(start));
        foreach (var part in (string[])["blas", "lapack", "libmkl", "omp", "dnnl", "libtorch_c"])
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase) && name.Contains(".so", StringComparison.Ordinal)) return line[start..];
        return null;
    }
}
