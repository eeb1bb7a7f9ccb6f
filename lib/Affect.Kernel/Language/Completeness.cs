namespace Affect.Kernel.Language;

/// <summary>Answers <c>is_complete_request</c>: whether a console is to run what was typed, or to offer another line.</summary>
internal static class Completeness
{
    private const int IndentWidth = 4;

    internal static JsonObject Answer(Message request)
    {
        var tree = SubmissionEngine.Parse(CellReader.WithoutDirectives(request.Text("code")), "draft");
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            var open = tree.GetRoot().DescendantTokens().Sum(token => token.IsMissing ? 0 : token.Kind() switch
            {
                SyntaxKind.OpenBraceToken => 1,
                SyntaxKind.CloseBraceToken => -1,
                _ => 0,
            });
            return new JsonObject { ["status"] = "incomplete", ["indent"] = new string(' ', IndentWidth * Math.Max(0, open)) };
        }
        return new JsonObject { ["status"] = tree.GetDiagnostics().Any(error => error.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete" };
    }
}
