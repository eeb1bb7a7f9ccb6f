using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Affect.Cli.Tests.Notebooks;

/// <summary>Rules for the code of a notebook. Each gives what breaks it: the cell, counted as in the file from 1, and the line.</summary>
internal static class CodeRules
{
    private const int MostColumns = 100;
    private const int MostLinesOfAnInitialiser = 7;
    private const string Task = "// Exercise: ";

    /// <summary>Lines that are too wide.</summary>
    internal static IEnumerable<string> WideLines(IReadOnlyList<JsonObject> cells) =>
        from cell in Code(cells)
        from line in NotebookFile.Lines(cell.Cell).Index()
        where line.Item.Length > MostColumns
        select $"cell {cell.Number}, line {line.Index + 1}: {line.Item.Length} columns, at most {MostColumns}: {line.Item}";

    /// <summary>Lines on which two statements or declarations begin, of which neither holds the other.</summary>
    internal static IEnumerable<string> CrowdedLines(IReadOnlyList<JsonObject> cells) =>
        from cell in Code(cells)
        from line in CellSyntax.Of(cell.Cell).DescendantNodes().Where(IsStatement).GroupBy(CellSyntax.Line)
        let parts = line.OrderBy(part => part.SpanStart).ToList()
        let second = parts.Zip(parts.Skip(1)).FirstOrDefault(pair => !pair.First.Contains(pair.Second)).Second
        where second is not null
        select $"cell {cell.Number}, line {line.Key}: a second statement begins here, one to a line: {second}";

    /// <summary>Initialisers, of objects, collections or <c>with</c>, that are too long.</summary>
    internal static IEnumerable<string> LongInitialisers(IReadOnlyList<JsonObject> cells) =>
        from cell in Code(cells)
        from initialiser in CellSyntax.Of(cell.Cell).DescendantNodes()
        where initialiser is InitializerExpressionSyntax or CollectionExpressionSyntax or AnonymousObjectCreationExpressionSyntax
        let open = initialiser.ChildTokens().First(token => token.Text is "{" or "[")
        let lines = initialiser.ToString()[(open.SpanStart - initialiser.SpanStart)..].Count(character => character == '\n') + 1
        where lines > MostLinesOfAnInitialiser
        select $"cell {cell.Number}, line {CellSyntax.Line(initialiser)}: an initialiser of {lines} lines, at most {MostLinesOfAnInitialiser}";

    /// <summary>
    /// What is wrong with the exercises: there must be one; each says its task and is followed by a check, which needs what the solution declares and
    /// ends in a claim; and one at least is answered by a class.
    /// </summary>
    internal static IEnumerable<string> Exercises(IReadOnlyList<JsonObject> cells)
    {
        var code = Code(cells).ToList();
        var solutions = code.Index().Where(cell => Has(cell.Item.Cell, StudentNotebook.SolutionTag)).ToList();
        if (solutions.Count == 0) return [$"no cell is tagged '{StudentNotebook.SolutionTag}'"];
        var isClass = solutions.Any(solution => CellSyntax.Of(solution.Item.Cell).Members.Any(member => member is ClassDeclarationSyntax or RecordDeclarationSyntax));
        return solutions.SelectMany(solution => Exercise(code, solution.Index)).Concat(isClass ? [] : ["no solution declares a class or a record"]);
    }

    private static IEnumerable<string> Exercise(List<(int Number, JsonObject Cell)> code, int index)
    {
        var (number, solution) = code[index];
        if (!NotebookFile.Source(solution).StartsWith(Task, StringComparison.Ordinal)) yield return $"cell {number}, line 1: a solution begins with '{Task}'";
        if (index + 1 == code.Count || !Has(code[index + 1].Cell, StudentNotebook.CheckTag))
        {
            yield return $"cell {number}: the code cell after a solution must be tagged '{StudentNotebook.CheckTag}'";
            yield break;
        }
        var check = CellSyntax.Of(code[index + 1].Cell);
        var own = CellSyntax.Declared(CellSyntax.Of(solution));
        foreach (var other in code.Where(other => other.Cell != solution)) own.ExceptWith(CellSyntax.Declared(CellSyntax.Of(other.Cell)));
        if (!own.Overlaps(CellSyntax.Used(check)))
            yield return $"cell {code[index + 1].Number}: doing nothing passes this check: it uses no name that only the solution declares ({string.Join(", ", own.Order(StringComparer.Ordinal))})";
        if (check.Members.LastOrDefault() is not GlobalStatementSyntax { Statement: ExpressionStatementSyntax last } || !CellSyntax.IsClaim(last.Expression, throws: true))
            yield return $"cell {code[index + 1].Number}: a check ends in Claim.That(...), which stops the notebook";
    }

    // What stands on a line of its own. Blocks, and the wrapper of a statement in a script, are none; values of an enumeration are a list.
    private static bool IsStatement(SyntaxNode node) =>
        node is (StatementSyntax and not BlockSyntax) or (MemberDeclarationSyntax and not (GlobalStatementSyntax or EnumMemberDeclarationSyntax)) or UsingDirectiveSyntax;

    private static bool Has(JsonObject cell, string tag) => NotebookFile.Tags(cell).Contains(tag);

    private static IEnumerable<(int Number, JsonObject Cell)> Code(IReadOnlyList<JsonObject> cells) =>
        cells.Index().Where(cell => (string?)cell.Item["cell_type"] == "code").Select(cell => (cell.Index + 1, cell.Item));
}
