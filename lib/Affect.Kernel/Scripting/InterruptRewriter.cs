using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Affect.Kernel.Scripting;

/// <summary>
/// Puts a question, whether the cell is to stop, at the head of every loop, method, accessor, constructor, local function and lambda, and a mark of
/// the line before every top-level statement. Everything stays on its line, so that stack traces do; columns move, so errors are told from the original.
/// </summary>
/// <remarks>
/// A read of one static field; no cost was measurable in loops of additions (86 ms with, 93 ms without). What calls something else asks for room on
/// the stack, too: recursion without end would take the process with it. That costs 4 ns a call (126 million calls of a Fibonacci: 0.7 s, 0.2 s without).
/// </remarks>
internal sealed class InterruptRewriter : CSharpSyntaxRewriter
{
    private const string Class = "global::Affect.Kernel.Scripting.CellInterrupt";
    private static readonly StatementSyntax Check = ParseStatement($"{Class}.Check();");
    private static readonly StatementSyntax Call = ParseStatement($"{Class}.Call();");
    private static readonly StatementSyntax CallAsync = ParseStatement($"{Class}.CallAsync();");
    private static readonly ExpressionSyntax Calls = ParseExpression($"{Class}.Calls()");
    private static readonly ExpressionSyntax Goes = ParseExpression($"{Class}.Goes()");
    private static readonly ExpressionSyntax Stop = ParseExpression($"throw {Class}.Stop()");

    private readonly bool inExpressions;

    private InterruptRewriter(bool inExpressions) => this.inExpressions = inExpressions;

    /// <summary>The same code, asking.</summary>
    /// <param name="root">The code.</param>
    /// <param name="inExpressions">Whether lambdas ask that are an expression; where one gives no value, or becomes data, that does not compile.</param>
    internal static CompilationUnitSyntax Rewrite(CompilationUnitSyntax root, bool inExpressions)
    {
        var asking = (CompilationUnitSyntax)new InterruptRewriter(inExpressions).Visit(root);
        var members = new List<MemberDeclarationSyntax>();
        foreach (var (original, member) in root.Members.Zip(asking.Members))
        {
            var isRun = original is GlobalStatementSyntax or FieldDeclarationSyntax;
            if (isRun) members.Add(Mark(original));
            members.Add(isRun ? member.WithoutLeadingTrivia() : member);
        }
        return asking.WithMembers(List(members));
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var visited = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return visited.WithStatement(Asking(visited.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var visited = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return visited.WithStatement(Asking(visited.Statement));
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var visited = (ForStatementSyntax)base.VisitForStatement(node)!;
        return visited.WithStatement(Asking(visited.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var visited = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return visited.WithStatement(Asking(visited.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var visited = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return visited.WithStatement(Asking(visited.Statement));
    }

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        node.IsKind(SyntaxKind.GotoStatement) ? Asking(node) : base.VisitGotoStatement(node);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (visited.Body is { } body) return visited.WithBody(Asking(body, Question(node)));
        return visited.ExpressionBody is { } arrow && !visited.Modifiers.Any(SyntaxKind.AsyncKeyword)
            ? visited.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(AsBlock(arrow, IsVoid(visited.ReturnType), Question(node), visited.SemicolonToken.TrailingTrivia))
            : visited;
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (visited.Body is { } body) return visited.WithBody(Asking(body, Question(node)));
        return visited.ExpressionBody is { } arrow && !visited.Modifiers.Any(SyntaxKind.AsyncKeyword)
            ? visited.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(AsBlock(arrow, IsVoid(visited.ReturnType), Question(node), visited.SemicolonToken.TrailingTrivia))
            : visited;
    }

    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        var visited = (OperatorDeclarationSyntax)base.VisitOperatorDeclaration(node)!;
        if (visited.Body is { } body) return visited.WithBody(Asking(body, Call));
        return visited.ExpressionBody is { } arrow
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(AsBlock(arrow, IsVoid(visited.ReturnType), Call, visited.SemicolonToken.TrailingTrivia))
            : visited;
    }

    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        var visited = (ConversionOperatorDeclarationSyntax)base.VisitConversionOperatorDeclaration(node)!;
        if (visited.Body is { } body) return visited.WithBody(Asking(body, Call));
        return visited.ExpressionBody is { } arrow
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(AsBlock(arrow, isVoid: false, Call, visited.SemicolonToken.TrailingTrivia))
            : visited;
    }

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        var visited = (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!;
        return visited.Body is { } body ? visited.WithBody(Asking(body, Question(node))) : visited;
    }

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        var visited = (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!;
        if (visited.Body is { } body) return visited.WithBody(Asking(body, Question(node)));
        return visited.ExpressionBody is { } arrow
            ? visited.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(AsBlock(arrow, !node.IsKind(SyntaxKind.GetAccessorDeclaration), Question(node), visited.SemicolonToken.TrailingTrivia))
            : visited;
    }

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        var visited = (PropertyDeclarationSyntax)base.VisitPropertyDeclaration(node)!;
        return visited.ExpressionBody is { } arrow
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(AsGetter(arrow, Question(node), visited.SemicolonToken))
            : visited;
    }

    public override SyntaxNode? VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        var visited = (IndexerDeclarationSyntax)base.VisitIndexerDeclaration(node)!;
        return visited.ExpressionBody is { } arrow
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(AsGetter(arrow, Question(node), visited.SemicolonToken))
            : visited;
    }

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        var visited = (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!;
        return visited.Block is { } block ? visited.WithBlock(Asking(block, Question(node))) : visited.WithExpressionBody(Asking(visited.ExpressionBody!, MayRecur(node)));
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        var visited = (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!;
        return visited.Block is { } block ? visited.WithBlock(Asking(block, Question(node))) : visited.WithExpressionBody(Asking(visited.ExpressionBody!, MayRecur(node)));
    }

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        var visited = (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!;
        return visited.WithBlock(Asking(visited.Block, Question(node)));
    }

    // The question stands on the line of the first statement, which a stopped loop is then said to be in.
    private static BlockSyntax Asking(BlockSyntax block, StatementSyntax question)
    {
        if (block.Statements.Count == 0) return block.WithStatements([question]);
        var first = block.Statements[0];
        return block.WithStatements(block.Statements
            .Replace(first, first.WithoutLeadingTrivia())
            .Insert(0, question.WithLeadingTrivia(first.GetLeadingTrivia())));
    }

    // A conditional has the type of its value, so that the lambda keeps its own.
    private ExpressionSyntax Asking(ExpressionSyntax expression, bool mayRecur) => !inExpressions || expression is RefExpressionSyntax or ThrowExpressionSyntax
        ? expression
        : ConditionalExpression(mayRecur ? Calls : Goes, ParenthesizedExpression(expression.WithoutLeadingTrivia()).WithLeadingTrivia(expression.GetLeadingTrivia()), Stop);

    private static BlockSyntax Asking(StatementSyntax statement) => statement is BlockSyntax block
        ? Asking(block, Check)
        : Block(Token(SyntaxKind.OpenBraceToken), List([Check, statement]), Token(SyntaxKind.CloseBraceToken));

    // `=> value` as `{ ask; return value; }`. What an asynchronous method returns is not plain from the syntax.
    private static BlockSyntax AsBlock(ArrowExpressionClauseSyntax arrow, bool isVoid, StatementSyntax question, SyntaxTriviaList end)
    {
        var semicolon = Token(SyntaxKind.SemicolonToken);
        StatementSyntax statement = (arrow.Expression, isVoid) switch
        {
            (ThrowExpressionSyntax thrown, _) => ThrowStatement(Token(SyntaxKind.ThrowKeyword).WithTrailingTrivia(Space), thrown.Expression, semicolon),
            (var expression, true) => ExpressionStatement(expression, semicolon),
            (var expression, false) => ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), expression, semicolon),
        };
        var open = Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(arrow.ArrowToken.LeadingTrivia);
        var asked = question.WithTrailingTrivia(arrow.ArrowToken.TrailingTrivia);
        return Block(open, List([asked, statement]), Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(end));
    }

    private static AccessorListSyntax AsGetter(ArrowExpressionClauseSyntax arrow, StatementSyntax question, SyntaxToken end) => AccessorList(
        Token(SyntaxKind.OpenBraceToken),
        [AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, AsBlock(arrow, isVoid: false, question, default))],
        Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(end.TrailingTrivia));

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static StatementSyntax Question(SyntaxNode code) =>
        !MayRecur(code) ? Check : code.ChildTokens().Any(token => token.IsKind(SyntaxKind.AsyncKeyword)) ? CallAsync : Call;

    // What calls nothing can't come back to itself; but properties, operators, sequences and texts are called without a call in sight.
    private static bool MayRecur(SyntaxNode code)
    {
        if (code is BaseMethodDeclarationSyntax method && IsCalledUnseen(method)) return true;
        var isAccessor = code is AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;
        return code.DescendantNodes().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or InterpolationSyntax or CommonForEachStatementSyntax
                or ElementAccessExpressionSyntax or AwaitExpressionSyntax or ThisExpressionSyntax
            || isAccessor && node is IdentifierNameSyntax { Identifier.ValueText: var name } && !IsOwnField(code, name));
    }

    private static bool IsCalledUnseen(BaseMethodDeclarationSyntax method) => method is OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax
        || method is MethodDeclarationSyntax named && (named.Modifiers.Any(SyntaxKind.OverrideKeyword) || named.ExplicitInterfaceSpecifier is not null
            || named.Identifier.ValueText is "GetEnumerator" or "GetAsyncEnumerator" or "MoveNext" or "Dispose" or "Deconstruct" or "CompareTo" or "Equals" or "ToString");

    // What only reads a field of its own type stays as quick as the field.
    private static bool IsOwnField(SyntaxNode code, string name) => name is "value" || code.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && (type.Members.OfType<FieldDeclarationSyntax>().Any(field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name))
            || type is not RecordDeclarationSyntax && type.ParameterList?.Parameters.Any(parameter => parameter.Identifier.ValueText == name) == true);

    // Stands on the statement's own line.
    private static GlobalStatementSyntax Mark(MemberDeclarationSyntax member)
    {
        var line = member.SyntaxTree.GetLineSpan(member.Span).StartLinePosition.Line + 1;
        return GlobalStatement(ParseStatement(string.Create(CultureInfo.InvariantCulture, $"{Class}.At({line});")).WithLeadingTrivia(member.GetLeadingTrivia()));
    }
}
