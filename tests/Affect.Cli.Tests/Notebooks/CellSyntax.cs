using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Affect.Cli.Tests.Notebooks;

/// <summary>A code cell as the compiler reads it.</summary>
internal static class CellSyntax
{
    private const string KernelDirective = "#!";

    /// <summary>The script in a cell; what the kernel itself reads counts as a comment.</summary>
    internal static CompilationUnitSyntax Of(JsonObject cell)
    {
        var lines = NotebookFile.Lines(cell).Select(line => line.StartsWith(KernelDirective, StringComparison.Ordinal) ? "//" : line);
        return CSharpSyntaxTree.ParseText(string.Join('\n', lines), Affect.Kernel.SourceUnit.Syntax).GetCompilationUnitRoot();
    }

    /// <summary>The line on which a part of a cell begins, from 1.</summary>
    internal static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>The names that later cells know from this one: its types, methods and variables.</summary>
    internal static HashSet<string> Declared(CompilationUnitSyntax cell)
    {
        var inTheCellItself = cell.DescendantNodes(node => node is not (BlockSyntax or AnonymousFunctionExpressionSyntax or BaseTypeDeclarationSyntax or MethodDeclarationSyntax));
        return [.. inTheCellItself.SelectMany(Names)];
    }

    /// <summary>The names that a cell uses by themselves, not as a member of something.</summary>
    internal static HashSet<string> Used(CompilationUnitSyntax cell) =>
        [.. cell.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !IsMember(name)).Select(name => name.Identifier.Text)];

    /// <summary>Whether a cell holds one type and nothing else.</summary>
    internal static bool IsType(JsonObject cell) => Of(cell).Members is [BaseTypeDeclarationSyntax];

    /// <summary>Whether a call is of <see cref="Affect.Notebook.Claim"/>: of <c>That</c> alone, or of <c>Check</c> too.</summary>
    internal static bool IsClaim(SyntaxNode? node, bool throws) => node is InvocationExpressionSyntax call && call.Expression.ToString() is var called
        && (called == "Claim.That" || (!throws && called == "Claim.Check"));

    private static IEnumerable<string> Names(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.Text],
        MethodDeclarationSyntax method => [method.Identifier.Text],
        LocalFunctionStatementSyntax method => [method.Identifier.Text],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        VariableDeclaratorSyntax variable => [variable.Identifier.Text],
        SingleVariableDesignationSyntax variable => [variable.Identifier.Text],
        _ => [],
    };

    private static bool IsMember(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => true,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left == name,
        _ => false,
    };
}
