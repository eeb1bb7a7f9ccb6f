namespace Affect.Tensors;

/// <summary>
/// Brings TorchSharp's native libraries in, wherever <c>Affect.dll</c> is loaded: the commands, the tests, our kernel, any other kernel. It hears
/// only of what the runtime itself does not find or cannot load, so that a system on which TorchSharp works as it is, is left alone.
/// </summary>
/// <remarks>
/// Two things keep the runtime from it. The library that TorchSharp 0.107 ships asks libstdc++ for a version (<c>GLIBCXX_3.4.32</c>) of which it uses
/// nothing: Debian 12 and Ubuntu 22.04 refuse it for that, and take a copy in which the wish is weak (<see cref="VersionNeeds"/>). And with
/// <c>LIBTORCH</c>, or in a kernel that loads <c>Affect.dll</c> by path, libtorch lies where the runtime does not look.
/// </remarks>
public static class TorchLibrary
{
    private const string FolderVariable = "LIBTORCH";
    private const string Binding = "LibTorchSharp";
    private static readonly string[] CudaParts = ["c10_cuda", "torch_cuda"];

    /// <summary>The folder of libtorch's libraries that <c>LIBTORCH</c> names, or none.</summary>
    /// <exception cref="DirectoryNotFoundException">It holds no libtorch.</exception>
    public static string? ChosenFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } root) return null;
            var folder = new[] { Path.Combine(root, "lib"), root }.FirstOrDefault(folder => File.Exists(FileIn(folder, "torch_cpu")));
            var wish = Path.Combine("lib", FileName("torch_cpu"));
            return folder ?? throw new DirectoryNotFoundException($"{FolderVariable} must be a folder with {wish} in it, but was '{root}'.");
        }
    }

#pragma warning disable CA2255 // a kernel that loads this assembly runs no code of ours before its first tensor
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Listen()
    {
        var torchSharp = typeof(torch).Assembly;
        AssemblyLoadContext.GetLoadContext(torchSharp)!.ResolvingUnmanagedDll += (assembly, name) => assembly == torchSharp
            ? Find(name)
            : IntPtr.Zero;
        var binding = new Lazy<IntPtr>(() => LoadGuarded(torchSharp));
        try
        {
            NativeLibrary.SetDllImportResolver(torchSharp, (name, _, _) => name == Binding ? binding.Value : IntPtr.Zero);
        }
        catch (InvalidOperationException)
        {
            // Another program has one of its own, which loads the binding as it likes: there numbers are as safe as TorchSharp makes them.
        }
        if (ChosenFolder is not { } chosen)
        {
            LoadBesideForeignProgram();
            return;
        }
        // TorchSharp's first try is the folder of the program. Two libtorchs in one process end in a crash, so one of them has to go.
        if (ShippedFolders().FirstOrDefault(folder => folder != chosen && File.Exists(FileIn(folder, "torch_cpu"))) is { } other)
            throw new InvalidOperationException(
                $"{FolderVariable} is '{chosen}', but this build carries a libtorch of its own ({other}): "
                + $"build it with {FolderVariable} set ('./lab setup' does), or unset {FolderVariable}.");
        LoadLibtorch(chosen);
    }

    /// <summary>Loads TorchSharp's libraries now, rather than with the first tensor.</summary>
    /// <exception cref="DllNotFoundException">They cannot be loaded here; the message says why, and what to do.</exception>
    public static void Load() => NativeLibrary.Load(Binding, typeof(torch).Assembly, searchPath: null);

    /// <summary>Loads a library of TorchSharp's; where it asks for a version that the system lacks and that it does not use, as a copy.</summary>
    /// <param name="path">The library.</param>
    /// <param name="cache">Where the copy is kept; null, or where nothing can be written: nowhere.</param>
    /// <returns>Its handle.</returns>
    /// <exception cref="DllNotFoundException">Neither can be loaded; the message says why, and what to do.</exception>
    internal static IntPtr Load(string path, string? cache)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException refused)
        {
            try
            {
                return LoadCopy(path, cache);
            }
            catch (Exception error) when (error is DllNotFoundException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new DllNotFoundException(
                    $"TorchSharp's library {path} cannot be loaded here: {refused.Message} "
                    + $"Nor can a copy that asks for nothing that it does not use: {error.Message} "
                    + "It needs glibc 2.34 and the libstdc++ of GCC 12 (Debian 12, Ubuntu 22.04, or newer), and a libtorch 2.10; "
                    + "'ldd' on that file says what is missing. On an older system run the laboratory in a container of a newer one.",
                    error);
            }
        }
    }

    private static IntPtr LoadCopy(string path, string? cache)
    {
        try
        {
            if (cache is not null) return NativeLibrary.Load(VersionNeeds.WeakCopy(path, cache));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It cannot be kept there.
        }
        // A copy for this process alone, in a folder that nobody else can write to, gone once it is loaded.
        var own = Directory.CreateTempSubdirectory("affect-");
        try
        {
            return NativeLibrary.Load(VersionNeeds.WeakCopy(path, own.FullName));
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    // By the runtime's own means, which ask Find where they fail.
    private static IntPtr LoadGuarded(Assembly torchSharp)
    {
        var library = NativeLibrary.Load(Binding, torchSharp, searchPath: null);
        NumberLifetime.Guard(library);
        return library;
    }

    private static IntPtr Find(string name)
    {
        var wanted = Path.GetFileNameWithoutExtension(name) is var bare && bare.StartsWith("lib", StringComparison.Ordinal) ? bare[3..] : bare;
        var libtorch = (ChosenFolder is { } chosen ? [chosen] : ShippedFolders()).FirstOrDefault(folder => File.Exists(FileIn(folder, "torch_cpu")));
        if (wanted is "torch_cpu" or "torch") return libtorch is null ? IntPtr.Zero : LoadLibtorch(libtorch);
        if (wanted != Binding) return IntPtr.Zero;
        if (libtorch is not null) LoadLibtorch(libtorch); // by path: the copy of the binding lies in another folder
        return ShippedFolders().Select(folder => FileIn(folder, Binding)).FirstOrDefault(File.Exists) is { } binding
            ? Load(binding, CacheFolder())
            : IntPtr.Zero;
    }

    // Another program's kernel loads this assembly by path. There the runtime looks for libtorch where the system has libraries, before it asks us,
    // and a system may have one of another version: so ours comes first, and whoever asks for the name after that is given it.
    private static void LoadBesideForeignProgram()
    {
        var own = Path.GetDirectoryName(typeof(TorchLibrary).Assembly.Location);
        if (string.IsNullOrEmpty(own) || Path.GetFullPath(own) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(AppContext.BaseDirectory)))
            return;
        if (ShippedFolders().FirstOrDefault(folder => File.Exists(FileIn(folder, "torch_cpu"))) is { } shipped) LoadLibtorch(shipped);
    }

    private static IntPtr LoadLibtorch(string folder)
    {
        var main = NativeLibrary.Load(FileIn(folder, "torch_cpu"));
        foreach (var part in CudaParts)
            if (File.Exists(FileIn(folder, part))) NativeLibrary.Load(FileIn(folder, part));
        NativeLibrary.Load(FileIn(folder, "torch"));
        return main;
    }

    // Beside this assembly or the program, or where the SDK puts what is of one platform.
    private static IEnumerable<string> ShippedFolders() =>
        from root in new[] { Path.GetDirectoryName(typeof(TorchLibrary).Assembly.Location), AppContext.BaseDirectory }
        where !string.IsNullOrEmpty(root)
        let whole = Path.GetFullPath(root)
        from platform in new[] { RuntimeInformation.RuntimeIdentifier, Portable() }
        from folder in new[] { whole, Path.Combine(whole, "runtimes", platform, "native") }
        select folder;

    private static string Portable()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    // None without a home: a folder that others can write to is no place for a library that is kept.
    private static string? CacheFolder()
    {
        var chosen = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!Path.IsPathRooted(chosen) && home.Length > 0) chosen = Path.Combine(home, ".cache");
        return Path.IsPathRooted(chosen) ? Path.Combine(chosen, "affect", "torchsharp") : null;
    }

    private static string FileIn(string folder, string name) => Path.Combine(folder, FileName(name));

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
