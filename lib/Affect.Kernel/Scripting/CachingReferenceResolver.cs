namespace Affect.Kernel.Scripting;

/// <summary>
/// Finds the assemblies that cells refer to and opens each once per session. Without this every cell reads all of its references anew and keeps
/// them: 4.3 MB a cell.
/// </summary>
internal sealed class CachingReferenceResolver(string folder, HostAssemblies host) : MetadataReferenceResolver
{
    // The host's own assemblies do not change while it runs: all its sessions share them.
    private static readonly ConcurrentDictionary<string, PortableExecutableReference> OfHost = new();

    private readonly ConcurrentDictionary<string, PortableExecutableReference> opened = new();
    private readonly ConcurrentDictionary<string, bool> nativeFolders = new();

    public override bool ResolveMissingAssemblies => true;

    /// <summary>The notebook's folder.</summary>
    internal string Folder => folder;

    /// <summary>Folders of the assemblies that <c>#r</c> named, and of native libraries that belong to them: what they need is looked for there.</summary>
    internal IEnumerable<string> Folders => opened.Keys.Select(path => Path.GetDirectoryName(path)!).Concat(nativeFolders.Keys).Distinct();

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        Find(reference, baseFilePath) is { } path ? [Open(path)] : [];

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (host.PathOf(referenceIdentity.Name) is { } known) return Open(known);
        if (definition is not PortableExecutableReference { FilePath: { } file }) return null;
        var beside = Path.Combine(Path.GetDirectoryName(file)!, referenceIdentity.Name + ".dll");
        return File.Exists(beside) ? Open(beside) : null;
    }

    /// <summary>The file that a <c>#r</c> means by a path or an assembly's name; null where there is none.</summary>
    internal string? Find(string reference, string? baseFilePath)
    {
        var (isLibrary, isPath) = (Path.GetExtension(reference).ToUpperInvariant() is ".DLL", reference.AsSpan().IndexOfAny('/', '\\') >= 0);
        if (isLibrary || isPath || Path.GetExtension(reference).ToUpperInvariant() is ".EXE")
        {
            var path = FullPath(reference, baseFilePath);
            if (File.Exists(path)) return path;
        }
        return isPath ? null : host.PathOf((isLibrary ? reference[..^4] : reference).Split(',')[0].Trim());
    }

    /// <summary>The path that a <c>#r</c> or <c>#load</c> means: relative to the file that says it, in a cell to the notebook.</summary>
    internal string FullPath(string reference, string? baseFilePath) =>
        Path.GetFullPath(reference, Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : folder);

    /// <summary>Looks for native libraries in one more folder.</summary>
    internal void AddNativeFolder(string path) => nativeFolders[path] = true;

    /// <summary>Opens an assembly; the host's own where it has one of that name, so that a type has one identity.</summary>
    internal PortableExecutableReference Open(string path) =>
        host.PathOf(Path.GetFileNameWithoutExtension(path)) is { } own ? OfHost.GetOrAdd(own, ReadMetadata) : opened.GetOrAdd(path, ReadMetadata);

    /// <summary>Where an opened assembly lies; null where none of that name was.</summary>
    internal string? OpenedPath(string name) => opened.Keys.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name);

    // What the compiler asks of an assembly is a fifth of its file; the rest is machine code, of which the runtime alone has sixty megabytes.
    private static PortableExecutableReference ReadMetadata(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(file, PEStreamOptions.PrefetchMetadata)).GetReference(filePath: path);
        }
        catch (BadImageFormatException)
        {
            // Not an assembly: this one says so when a cell is compiled, with the cell's line.
            return MetadataReference.CreateFromFile(path);
        }
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
