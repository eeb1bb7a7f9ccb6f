using System.Text.Json.Nodes;

namespace Affect.Notebook.Formatting;

/// <summary>Shows an exception that was caught: what went wrong, and what caused it.</summary>
internal static class ErrorFormat
{
    internal static Dictionary<string, JsonNode> Of(Exception error)
    {
        var lines = Chain(error).Select(one => $"{TypeNames.Of(one.GetType())}: {one.Message}").ToArray();
        // Readable on light and on dark pages alike.
        const string style = "border-left:3px solid #d1242f;padding:.2em .7em;white-space:pre-wrap";
        return new Dictionary<string, JsonNode>
        {
            [MimeType.Html] = $"<div style=\"{style}\">{HtmlText.Escape(string.Join("\n", lines))}</div>",
            [MimeType.Text] = string.Join("\ncaused by ", lines),
        };
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
