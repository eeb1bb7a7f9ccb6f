namespace Affect.Kernel.Errors;

/// <summary>What to do about errors that are no errors in a program, only in a cell.</summary>
internal static class CompileHints
{
    internal static string? For(Diagnostic error, SourceUnit unit, CSharpCompilation compilation)
    {
        if (IsUsingDeclaration(unit, error))
            return "a using declaration does not work at the top level of a cell: write using (var x = ...) { ... },"
                + " or put the code into a { block }.";
        var node = unit.Root.FullSpan.Contains(error.Location.SourceSpan) ? unit.Root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true) : null;
        return error.Id switch
        {
            "CS1109" => "an extension method in a cell is written at the top level, without a class: public static int Twice(this int x) => 2 * x;"
                + " or put the class into a cell of its own.",
            "CS9283" => "extension blocks do not work beside other code: put the class into a cell of its own.",
            "CS7021" => "a cell with a namespace holds declarations alone: put the code that uses them into the next cell.",
            "CS8345" => "the variables of a cell are fields, and a span cannot be one: use it inside a { block } or a method, or take an array.",
            "CS1024" or "CS1040" or "CS9378" => "directives stand at the head of a cell, each on its own line; #!lsmagic lists those of the kernel.",
            "CS7009" or "CS7010" or "CS7011" or "CS8098" => "#r and #load stand before all code of the cell.",
            "CS0103" or "CS0246" when node is not null => MissingUsing(NameOf(node), compilation),
            _ => null,
        };
    }

    /// <summary>Whether an error comes of <c>using var x = ...;</c> at the top level, which is read as a directive that went wrong.</summary>
    internal static bool IsUsingDeclaration(SourceUnit unit, Diagnostic error)
    {
        if (!error.Location.IsInSource || error.Location.SourceTree?.FilePath != unit.Name) return false;
        var at = error.Location.GetLineSpan().StartLinePosition.Line;
        var line = unit.Text.Split('\n')[at];
        return unit.Root.Usings.FirstOrDefault(directive => directive.GetLocation().GetLineSpan().StartLinePosition.Line == at)
            is { ContainsDiagnostics: true }
            && line.Contains('=', StringComparison.Ordinal) && line.AsSpan().IndexOfAny('(', '{') >= 0;
    }

    private static string NameOf(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().FirstOrDefault()?.Identifier.ValueText ?? "";

    private static string? MissingUsing(string name, CSharpCompilation compilation)
    {
        if (name.Length == 0) return null;
        var found = new List<string>();
        Search(compilation.GlobalNamespace, name, found);
        var spaces = found.Distinct().OrderBy(space => space.Count(character => character == '.'))
            .ThenBy(space => space, StringComparer.Ordinal).Take(3).ToArray();
        return spaces.Length == 0 ? null : $"is it {name} of {string.Join(", or of ", spaces)}? Then write: using {spaces[0]};";
    }

    private static void Search(INamespaceSymbol space, string name, List<string> found)
    {
        if (!space.IsGlobalNamespace && space.GetTypeMembers(name).Any(type => type.DeclaredAccessibility == Accessibility.Public))
            found.Add(space.ToDisplayString());
        foreach (var inner in space.GetNamespaceMembers()) Search(inner, name, found);
    }
}
