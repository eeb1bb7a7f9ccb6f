namespace Affect.Notebook.Formatting;

/// <summary>Shows an exception that was caught: what went wrong, and what caused it.</summary>
internal static class ErrorFormat
{
    private const int MostCauses = 20;

    internal static Dictionary<string, JsonNode> Of(Exception error)
    {
        var lines = Chain(error).ToArray();
        // Readable on light and on dark pages alike.
        const string style = "border-left:3px solid #d1242f;padding:.2em .7em;white-space:pre-wrap";
        return new Dictionary<string, JsonNode>
        {
            [MimeType.Html] = $"<div style=\"{style}\">{HtmlEncode(string.Join("\n", lines))}</div>",
            [MimeType.Text] = string.Join("\ncaused by ", lines),
        };
    }

    // An exception may be its own cause, by way of others, or one of very many.
    private static IEnumerable<string> Chain(Exception? error)
    {
        var told = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        for (; error is not null; error = error.InnerException)
        {
            if (!told.Add(error) || told.Count > MostCauses)
            {
                yield return "...";
                yield break;
            }
            yield return $"{TypeNames.Of(error.GetType())}: {ErrorText.MessageOf(error)}";
        }
    }
}
