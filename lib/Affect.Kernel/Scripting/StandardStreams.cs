namespace Affect.Kernel.Scripting;

/// <summary>
/// Puts the cell's own streams where a cell opens the process's: what is written to those goes past the console's writers, to wherever the process
/// was started.
/// </summary>
internal static class StandardStreams
{
    private static readonly string Ours = $"global::{typeof(CellStreams).FullName}";

    /// <summary>Whether a text may open one; most do not, and need not be looked at closer.</summary>
    internal static bool MayOpen(string text) =>
        text.Contains(nameof(Console.OpenStandardOutput), StringComparison.Ordinal) || text.Contains(nameof(Console.OpenStandardError), StringComparison.Ordinal);

    /// <summary>The same code with the cell's streams, however it names the console: in full, by an alias, by <c>using static</c>.</summary>
    internal static CompilationUnitSyntax Replace(CompilationUnitSyntax root, SemanticModel model)
    {
        var opened = root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => MayOpen(name.Identifier.ValueText) && IsConsoles(model.GetSymbolInfo(name)))
            .ToDictionary(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name);
        return root.ReplaceNodes(opened.Keys, (original, _) => SyntaxFactory.ParseExpression($"{Ours}.{opened[original]}").WithTriviaFrom(original));
    }

    private static bool IsConsoles(SymbolInfo found) => (found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) is IMethodSymbol
    {
        ContainingType: { Name: nameof(Console), ContainingNamespace.Name: nameof(System) },
    };
}
