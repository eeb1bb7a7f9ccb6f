namespace Affect.Kernel.Scripting;

internal sealed partial class SubmissionEngine
{
    private readonly List<(string Text, IReadOnlyList<string> Types, MetadataReference Reference)> libraries = [];

    // A submission keeps the references of those before it, so that a library cannot be exchanged for another: the same text is the same library,
    // another text with the same names is refused while that can still be said in plain words.
    private void CompileLibrary(SourceUnit unit, int number)
    {
        if (libraries.Any(library => library.Text == unit.Text)) return;
        var known = AllReferences().Concat(libraries.Select(library => library.Reference)).Concat(unit.References.Select(resolver.Open)).Distinct().ToArray();
        var plain = LibraryCell.Tree(unit);
        var empty = CSharpCompilation.Create(
            string.Create(CultureInfo.InvariantCulture, $"{AssemblyPrefix}{session}-{number}"),
            references: known,
            options: options.WithUsings().WithMetadataReferenceResolver(null));
        empty = empty.AddSyntaxTrees(LibraryCell.Imports(options.Usings, empty));
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        CSharpCompilation? compiled = null;
        var rooted = StandardStreams.MayOpen(unit.Text) ? LibraryCell.Tree(plain, StandardStreams.Replace((CompilationUnitSyntax)plain.GetRoot(), empty.AddSyntaxTrees(plain).GetSemanticModel(plain))) : plain;
        foreach (var tree in (SyntaxTree[])[LibraryCell.Asking(rooted, inExpressions: true), LibraryCell.Asking(rooted, inExpressions: false), plain])
        {
            compiled = empty.AddSyntaxTrees(tree);
            var emitted = Emit(compiled, Emptied(code), Emptied(symbols));
            if (emitted.Success) break;
            if (tree == plain) throw new CellException(CompileErrors.Of(unit, compiled, emitted.Diagnostics.Where(IsError)));
        }
        var types = LibraryCell.Types(compiled!);
        if (types.FirstOrDefault(type => libraries.Any(library => library.Types.Contains(type))) is { } twice)
        {
            const string advice = "a cell that holds a namespace or extension methods becomes a library, which cannot be changed while the kernel runs. Give the type another name, or restart the kernel.";
            throw new CellException(SourceExcerpt.Error("Library", $"{twice} was declared by an earlier cell with other code: {advice}", unit.Name, unit.Text, 1, -1, 0));
        }
        code.Position = symbols.Position = 0;
        context.LoadFromStream(code, symbols);
        libraries.Add((unit.Text, types, MetadataReference.CreateFromImage(code.ToArray())));
    }

    private IEnumerable<MetadataReference> AllReferences()
    {
        foreach (var reference in references.Value) yield return reference;
        for (var compilation = previous; compilation is not null; compilation = compilation.ScriptCompilationInfo?.PreviousScriptCompilation)
            foreach (var reference in compilation.References) yield return reference;
    }
}
