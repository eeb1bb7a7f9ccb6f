namespace Affect.Kernel.Scripting;

/// <summary>The assemblies of the process that hosts the session: the runtime's, the program's, and those it was given.</summary>
internal sealed class HostAssemblies
{
    // Named, not loaded: a session that shows nothing does without them.
    private static readonly string[] Showing = ["Microsoft.DotNet.Interactive.Formatting", "Microsoft.AspNetCore.Html.Abstractions"];

    private readonly Dictionary<string, string> paths = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="given">Paths of assemblies that cells may use.</param>
    internal HostAssemblies(IEnumerable<string> given)
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        foreach (var path in trusted) paths.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        Framework = [.. trusted.Where(path => Path.GetDirectoryName(path) == runtime && IsRuntimes(Path.GetFileName(path)))];
        Given = [.. given.Append(typeof(HostAssemblies).Assembly.Location).Concat(Showing.Select(PathOf).OfType<string>()).Select(Path.GetFullPath)];
        foreach (var path in Given) paths[Path.GetFileNameWithoutExtension(path)] = path;
    }

    /// <summary>The runtime's assemblies, which every cell may use.</summary>
    internal IReadOnlyList<string> Framework { get; }

    /// <summary>What the session was given, this assembly, whose checks every cell calls, and by what cells show values.</summary>
    internal IReadOnlyList<string> Given { get; }

    /// <summary>Where the host has an assembly; null where it has none of that name.</summary>
    internal string? PathOf(string name) => paths.GetValueOrDefault(name);

    /// <summary>Whether the host's copy is to be used.</summary>
    internal bool Has(string name) => paths.ContainsKey(name) || AssemblyLoadContext.Default.Assemblies.Any(assembly => assembly.GetName().Name == name);

    // Whose packages have names like the runtime's.
    private static readonly string[] Packages = ["Microsoft.CodeAnalysis.", "Microsoft.DotNet.Interactive.", "Microsoft.AspNetCore.", "Microsoft.Bcl."];

    // A program that was published with a runtime of its own has that in the folder of its own packages, which cells are not given. A test
    // compares this with what the publishing wrote down: reading that here would take time from every start.
    internal static bool IsRuntimes(string file) => (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Microsoft.", StringComparison.Ordinal)
        || file is "mscorlib.dll" or "netstandard.dll" or "WindowsBase.dll") && !file.Contains(".Native.", StringComparison.Ordinal)
        && !Packages.Any(package => file.StartsWith(package, StringComparison.Ordinal)) && file != "System.CommandLine.dll";
}
