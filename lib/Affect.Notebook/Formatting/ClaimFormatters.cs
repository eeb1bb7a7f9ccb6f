using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Affect.Notebook.Formatting;

/// <summary>Shows claims: a tick or a cross for readers, JSON for programs.</summary>
internal sealed class ClaimFormatters
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<ClaimOutcome>(MimeType.Html, Html),
        new TypeFormatter<ClaimOutcome>(MimeType.Claim, outcome => new JsonObject { ["text"] = outcome.Text, ["passed"] = outcome.Passed }.ToJsonString(Readable)),
        new TypeFormatter<ClaimOutcome>(MimeType.Text, outcome => outcome.ToString()),
    ];

    // Green and red that stand out from light and from dark pages; the sign says the same without colour.
    private static string Html(ClaimOutcome outcome)
    {
        var (sign, colour, word) = outcome.Passed ? ("✓", "#2a9d4a", "holds") : ("✗", "#e5383b", "does not hold");
        return $"<div style=\"border-left:3px solid {colour};padding:.2em .7em\"><b style=\"color:{colour}\" role=\"img\" aria-label=\"{word}\">{sign}</b> {HtmlText.Escape(outcome.Text)}</div>";
    }
}
