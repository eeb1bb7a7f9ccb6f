using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Loads the native boundary, and before it the OpenBLAS that shares libtorch's OpenMP threads.</summary>
internal static class LibraryLoader
{
    internal const string Name = "torchcall";

    private static readonly Lock Gate = new();
    private static bool prepared;

    internal static void Prepare()
    {
        lock (Gate)
        {
            if (prepared) return;
            prepared = true;
            PreferOpenMpBlas();
            NativeLibrary.SetDllImportResolver(typeof(LibraryLoader).Assembly, Resolve);
            Native.tc_install_allocator();
            // Libtorch starts with one thread on small machines; PyTorch's users expect the cores.
            if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null) Native.tc_set_threads(Environment.ProcessorCount);
            IdleMemory.StartReturning();
        }
    }

    /// <summary>
    /// Debian's default OpenBLAS has threads of its own, which fight libtorch's for the cores. A library that is already loaded under
    /// the same soname is the one that libtorch binds to, whatever the system's alternatives say.
    /// </summary>
    private static void PreferOpenMpBlas()
    {
        foreach (var folder in Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu"))
        {
            var openMp = Path.Combine(folder, "openblas-openmp");
            if (!Directory.Exists(openMp)) continue;
            foreach (var library in (string[])["libopenblas.so.0", "libblas.so.3", "liblapack.so.3"])
                NativeLibrary.TryLoad(Path.Combine(openMp, library), out _);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name) return 0;
        var file = Path.Combine(Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory, "libtorchcall.so");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(
                $"{file} could not be loaded. It needs libtorch: './lab setup' installs and builds it, or set LIBTORCH. The system says: {error.Message}", error);
        }
    }
}
