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
    private CancellationToken cancel;

    /// <summary>The cell and all it loads.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="name">What stack traces call it.</param>
    /// <param name="ct">Ends what takes long: packages that are fetched.</param>
    /// <exception cref="CellException">A directive cannot be followed.</exception>
    internal CellText Read(string code, string name, CancellationToken ct = default)
    {
        cancel = ct;
        var units = new List<SourceUnit>();
        var (text, directives) = TakeDirectives(code.ReplaceLineEndings("\n"), name);
        foreach (var (directive, line) in directives.Where(entry => entry.Directive.Name == "#!import")) Import(units, text, name, directive.Argument, line);
        CellDirective[] kept = [.. directives.Select(entry => entry.Directive)];
        if (kept.LastOrDefault(directive => directive.Name is "#!markdown" or "#!html") is { } markup)
            return new CellText(units, kept, (markup.Name == "#!html" ? "text/html" : "text/markdown", text.Trim('\n')));
        Add(units, text, name, []);
        return new CellText(units, kept, null);
    }

    /// <summary>A text whose directives are blanks, so that positions stay: for a look at code that does not run yet.</summary>
    internal static string WithoutDirectives(string code) => string.Join('\n', code.Split('\n').Select(line => line.TrimStart() is { } rest
        && (rest.StartsWith("#!", StringComparison.Ordinal) || rest.StartsWith("#load", StringComparison.Ordinal) || rest.StartsWith("#r \"nuget:", StringComparison.OrdinalIgnoreCase))
            ? new string(' ', line.Length)
            : line));

    private void Add(List<SourceUnit> units, string text, string name, IReadOnlyList<string> loading)
    {
        var root = (CompilationUnitSyntax)SubmissionEngine.Parse(text, name).GetRoot();
        var loads = Directives<LoadDirectiveTriviaSyntax>(root);
        foreach (var load in loads) Load(units, text, name, load, loading);
        var asked = Directives<ReferenceDirectiveTriviaSyntax>(root).Where(IsPackage).ToArray();
        string[] references = [.. asked.SelectMany(reference => Fetch(reference, text, name)).Distinct(StringComparer.Ordinal)];
        if (loads.Length + asked.Length > 0)
        {
            text = Blank(text, [.. loads, .. asked]);
            root = (CompilationUnitSyntax)SubmissionEngine.Parse(text, name).GetRoot();
        }
        foreach (var reference in Directives<ReferenceDirectiveTriviaSyntax>(root)) Check(reference, text, name);
        units.Add(new SourceUnit(name, text, root) { References = references });
    }

    private static bool IsPackage(ReferenceDirectiveTriviaSyntax directive) => directive.File.ValueText.TrimStart().StartsWith(NuGet, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<string> Fetch(ReferenceDirectiveTriviaSyntax directive, string text, string name)
    {
        try
        {
            var (assemblies, nativeFolders) = packages.Add(directive.File.ValueText.Trim()[NuGet.Length..].Trim(), cancel);
            foreach (var folder in nativeFolders) resolver.AddNativeFolder(folder);
            return assemblies;
        }
        catch (IOException error)
        {
            throw Wrong(directive, text, name, error.Message);
        }
    }

    private void Load(List<SourceUnit> units, string text, string name, LoadDirectiveTriviaSyntax load, IReadOnlyList<string> loading)
    {
        var path = resolver.FullPath(load.File.ValueText, name);
        if (loading.Contains(path)) throw Wrong(load, text, name, $"{path} loads itself, by way of {string.Join(", ", loading.Select(Path.GetFileName))}.");
        string content;
        try
        {
            content = SourceFile.ReadAllText(path).ReplaceLineEndings("\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong(load, text, name, File.Exists(path)
                ? $"{path} cannot be read: {error.Message}"
                : $"there is no file {path}. A path in #load is relative to the notebook, in a loaded file to that file.");
        }
        Add(units, TakeDirectives(content, path).Text, path, [.. loading, path]);
    }

    private void Import(List<SourceUnit> units, string text, string name, string file, int line)
    {
        var path = resolver.FullPath(file, name);
        try
        {
            if (!path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)) Add(units, TakeDirectives(SourceFile.ReadAllText(path).ReplaceLineEndings("\n"), path).Text, path, [path]);
            else
                foreach (var (at, cell) in NotebookDocument.Read(path).Cells.Where(cell => cell.IsCode).Index())
                {
                    var part = string.Create(CultureInfo.InvariantCulture, $"{path}[{at + 1}]");
                    Add(units, TakeDirectives(cell.Source, part).Text, part, []);
                }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CellException(SourceExcerpt.Error("Directive", $"{path} cannot be imported: {error.Message}", name, text, line, 0, 1));
        }
    }

    private void Check(ReferenceDirectiveTriviaSyntax directive, string text, string name)
    {
        var reference = directive.File.ValueText;
        if (resolver.Find(reference, name) is null)
            throw Wrong(directive, text, name, $"there is no file {resolver.FullPath(reference, name)}, and the runtime has no assembly of that name. A path in #r is relative to the notebook, in a loaded file to that file. Is the library built?");
    }

    // Lines before the code that begin with #!; the compiler does not know them.
    private static (string Text, IReadOnlyList<(CellDirective Directive, int Line)> Directives) TakeDirectives(string text, string name)
    {
        var directives = new List<(CellDirective, int)>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("#!", StringComparison.Ordinal))
            {
                var words = line.Split([' ', '\t'], 2);
                var directive = new CellDirective(words[0] == "#!c#" ? "#!csharp" : words[0], words.Length > 1 ? words[1].Trim().Trim('"') : "");
                if (!CellDirective.Known.ContainsKey(directive.Name))
                    throw new CellException(SourceExcerpt.Error("Directive", $"{directive.Name} is not known here; known are {string.Join(", ", CellDirective.Known.Keys)}.", name, text, i + 1, lines[i].IndexOf('#', StringComparison.Ordinal), line.Length));
                directives.Add((directive, i + 1));
                lines[i] = "";
                // What follows these is no code in which more directives could stand.
                if (directive.Name is "#!markdown" or "#!html") break;
            }
            else if (line.Length > 0 && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal)) break;
        }
        return (string.Join('\n', lines), directives);
    }

    private static T[] Directives<T>(CompilationUnitSyntax root)
        where T : DirectiveTriviaSyntax
    {
        var directives = new List<T>();
        for (var directive = root.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
            if (directive is T { IsActive: true, ContainsDiagnostics: false } wanted) directives.Add(wanted);
        return [.. directives];
    }

    private static string Blank(string text, IEnumerable<DirectiveTriviaSyntax> directives)
    {
        var blanked = new StringBuilder(text);
        foreach (var directive in directives)
            for (var i = directive.SpanStart; i < directive.Span.End; i++)
                if (blanked[i] != '\n') blanked[i] = ' ';
        return blanked.ToString();
    }

    private static CellException Wrong(DirectiveTriviaSyntax directive, string text, string name, string message)
    {
        var start = directive.SyntaxTree.GetLineSpan(directive.Span).StartLinePosition;
        var length = directive.ToString().TrimEnd().Length;
        return new CellException(SourceExcerpt.Error("Directive", message, name, text, start.Line + 1, start.Character, length));
    }
}
