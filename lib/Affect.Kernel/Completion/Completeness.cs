namespace Affect.Kernel.Completion;

/// <summary>Answers <c>is_complete_request</c>: whether a console is to run what was typed, or to offer another line.</summary>
internal static class Completeness
{
    private const int IndentWidth = 4;

    internal static JsonObject Answer(Message request)
    {
        var root = new SourceUnit("draft", CellReader.WithoutDirectives(request.Text("code"))).Root;
        var isWrong = root.GetDiagnostics().Any(error => error.Severity == DiagnosticSeverity.Error);
        if (SyntaxFactory.IsCompleteSubmission(root.SyntaxTree)) return new JsonObject { ["status"] = isWrong ? "invalid" : "complete" };
        int Count(SyntaxKind brace) => root.DescendantTokens().Count(token => token.IsKind(brace) && !token.IsMissing);
        var open = Math.Max(0, Count(SyntaxKind.OpenBraceToken) - Count(SyntaxKind.CloseBraceToken));
        return new JsonObject { ["status"] = "incomplete", ["indent"] = new string(' ', IndentWidth * open) };
    }
}
