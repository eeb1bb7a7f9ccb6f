namespace Affect.Kernel.Scripting;

/// <summary>Reads a cell's directives: what it loads, what it refers to, and the magics at its head.</summary>
/// <remarks>
/// A loaded file becomes a submission of its own before the cell. Unlike with Roslyn's own <c>#load</c>, its usings then hold in the cells that
/// follow, and its code can be interrupted and traced like a cell's.
/// </remarks>
internal sealed class CellReader(CachingReferenceResolver resolver)
{
    private const string NuGet = "nuget:";

    private readonly NuGetPackages packages = new(resolver.Folder);

    /// <summary>The cell and all it loads; a token ends the fetching of packages.</summary>
    /// <exception cref="CellException">A directive cannot be followed.</exception>
    internal Cell Read(string code, string name, CancellationToken ct = default)
    {
        var units = new List<SourceUnit>();
        var (text, directives) = TakeDirectives(code, name);
        foreach (var (directive, line) in directives.Where(entry => entry.Directive.Name == "#!import"))
            Import(units, new SourceUnit(name, code), directive.Argument, line, ct);
        CellDirective[] kept = [.. directives.Select(entry => entry.Directive)];
        if (kept.LastOrDefault(directive => directive.Name is "#!markdown" or "#!html") is { } markup)
            return new Cell(units, kept, (markup.Name == "#!html" ? "text/html" : "text/markdown", text.Trim('\n')));
        Add(units, new SourceUnit(name, text), [], ct);
        return new Cell(units, kept, null);
    }

    /// <summary>A text whose directives are blanks, so that positions stay: for a look at code that does not run yet.</summary>
    internal static string WithoutDirectives(string code)
    {
        string[] heads = ["#!", "#load", $"#r \"{NuGet}"];
        return string.Join('\n', code.Split('\n').Select(line =>
            heads.Any(head => line.TrimStart().StartsWith(head, StringComparison.OrdinalIgnoreCase)) ? new string(' ', line.Length) : line));
    }

    private void Add(List<SourceUnit> units, SourceUnit unit, IReadOnlyList<string> loading, CancellationToken ct)
    {
        var loads = Directives<LoadDirectiveTriviaSyntax>(unit);
        foreach (var load in loads) Load(units, unit, load, loading, ct);
        var asked = Directives<ReferenceDirectiveTriviaSyntax>(unit)
            .Where(directive => directive.File.ValueText.TrimStart().StartsWith(NuGet, StringComparison.OrdinalIgnoreCase)).ToArray();
        string[] references = [.. asked.SelectMany(reference => Fetch(unit, reference, ct)).Distinct()];
        if (loads.Count + asked.Length > 0) unit = new SourceUnit(unit.Name, Blank(unit.Text, [.. loads, .. asked]));
        foreach (var reference in Directives<ReferenceDirectiveTriviaSyntax>(unit)) Check(unit, reference);
        units.Add(unit with { References = references });
    }

    private void AddFile(List<SourceUnit> units, string path, IReadOnlyList<string> loading, CancellationToken ct) =>
        Add(units, new SourceUnit(path, TakeDirectives(SourceFile.ReadAllText(path), path).Text), [.. loading, path], ct);

    private IReadOnlyList<string> Fetch(SourceUnit unit, ReferenceDirectiveTriviaSyntax directive, CancellationToken ct)
    {
        try
        {
            var (assemblies, nativeFolders) = packages.Add(directive.File.ValueText.Trim()[NuGet.Length..].Trim(), ct);
            foreach (var folder in nativeFolders) resolver.AddNativeFolder(folder);
            return assemblies;
        }
        catch (IOException error)
        {
            throw Wrong(unit, directive, error.Message);
        }
    }

    private void Load(List<SourceUnit> units, SourceUnit unit, LoadDirectiveTriviaSyntax load, IReadOnlyList<string> loading, CancellationToken ct)
    {
        var path = resolver.FullPath(load.File.ValueText, unit.Name);
        if (loading.Contains(path)) throw Wrong(unit, load, $"{path} loads itself, by way of {string.Join(", ", loading.Select(Path.GetFileName))}.");
        try
        {
            AddFile(units, path, loading, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong(unit, load, File.Exists(path)
                ? $"{path} cannot be read: {error.Message}"
                : $"there is no file {path}. A path in #load is relative to the notebook, in a loaded file to that file.");
        }
    }

    private void Import(List<SourceUnit> units, SourceUnit unit, string file, int line, CancellationToken ct)
    {
        var path = resolver.FullPath(file, unit.Name);
        try
        {
            if (!path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)) AddFile(units, path, [], ct);
            else
                foreach (var (at, cell) in NotebookDocument.Read(path).Cells.Where(cell => cell.IsCode).Index())
                {
                    var part = FormattableString.Invariant($"{path}[{at + 1}]");
                    Add(units, new SourceUnit(part, TakeDirectives(cell.Source, part).Text), [], ct);
                }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CellException("Directive", $"{path} cannot be imported: {error.Message}", unit, line, -1, 0);
        }
    }

    private void Check(SourceUnit unit, ReferenceDirectiveTriviaSyntax directive)
    {
        var reference = directive.File.ValueText;
        if (resolver.Find(reference, unit.Name) is null)
            throw Wrong(unit, directive, $"there is no file {resolver.FullPath(reference, unit.Name)}, and the runtime has no assembly of that name."
                + " A path in #r is relative to the notebook, in a loaded file to that file. Is the library built?");
    }

    // Lines before the code that begin with #!; the compiler does not know them.
    private static (string Text, IReadOnlyList<(CellDirective Directive, int Line)> Directives) TakeDirectives(string text, string name)
    {
        var directives = new List<(CellDirective, int)>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("#!", StringComparison.Ordinal))
            {
                var words = line.Split([' ', '\t'], 2);
                var directive = new CellDirective(words[0] == "#!c#" ? "#!csharp" : words[0], words.Length > 1 ? words[1].Trim().Trim('"') : "");
                if (!CellDirective.Known.ContainsKey(directive.Name))
                {
                    var message = $"{directive.Name} is not known here; known are {string.Join(", ", CellDirective.Known.Keys)}.";
                    throw new CellException("Directive", message, new SourceUnit(name, text), i + 1, -1, 0);
                }
                directives.Add((directive, i + 1));
                lines[i] = "";
                // What follows these is no code in which more directives could stand.
                if (directive.Name is "#!markdown" or "#!html") break;
            }
            else if (line.Length > 0 && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal)) break;
        }
        return (string.Join('\n', lines), directives);
    }

    private static List<T> Directives<T>(SourceUnit unit)
        where T : DirectiveTriviaSyntax
    {
        var directives = new List<T>();
        for (var directive = unit.Root.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
            if (directive is T { IsActive: true, ContainsDiagnostics: false } wanted) directives.Add(wanted);
        return directives;
    }

    private static string Blank(string text, IEnumerable<DirectiveTriviaSyntax> directives)
    {
        var blanked = new StringBuilder(text);
        foreach (var directive in directives)
            for (var i = directive.SpanStart; i < directive.Span.End; i++)
                if (blanked[i] != '\n') blanked[i] = ' ';
        return blanked.ToString();
    }

    private static CellException Wrong(SourceUnit unit, DirectiveTriviaSyntax directive, string message)
    {
        var start = directive.SyntaxTree.GetLineSpan(directive.Span).StartLinePosition;
        return new CellException("Directive", message, unit, start.Line + 1, start.Character, directive.ToString().TrimEnd().Length);
    }

    /// <summary>A cell as it was read.</summary>
    /// <param name="Units">What is compiled, in the order in which it runs: loaded files, then the cell.</param>
    /// <param name="Directives">What the kernel itself is to do before.</param>
    /// <param name="Markup">What is shown instead of being compiled, and its mime type; null for a cell of code.</param>
    internal sealed record Cell(IReadOnlyList<SourceUnit> Units, IReadOnlyList<CellDirective> Directives, (string Mime, string Text)? Markup);
}
