namespace Affect.Kernel.Scripting;

/// <summary>Holds the compiled cells and what they <c>#r</c>; what the host has is taken from the host, so that a type is the same on both sides.</summary>
/// <remarks>Not collectible: later cells refer to earlier ones, so nothing could be unloaded before the session's end.</remarks>
internal sealed class CellLoadContext(HostAssemblies host, CachingReferenceResolver resolver) : AssemblyLoadContext("cells", isCollectible: false)
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        if (host.Has(name)) return Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name) ?? FromHost(name);
        var path = resolver.OpenedPath(name) ?? Beside(name);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var folder in resolver.Folders)
            foreach (var file in NativeNames(unmanagedDllName))
                if (Path.Combine(folder, file) is var path && File.Exists(path)) return LoadUnmanagedDllFromPath(path);
        return 0;
    }

    private Assembly? FromHost(string name) => host.PathOf(name) is { } path && File.Exists(path) ? Default.LoadFromAssemblyPath(path) : null;

    private string? Beside(string name) => resolver.Folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);

    private static IEnumerable<string> NativeNames(string name)
    {
        yield return name;
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        yield return name + extension;
        yield return $"lib{name}{extension}";
    }
}
