namespace Affect.Notebook.Pages;

/// <summary>Something that a cell showed.</summary>
internal sealed record NotebookOutput
{
    /// <summary><c>stream</c>, <c>display_data</c>, <c>execute_result</c> or <c>error</c>.</summary>
    internal required string Kind { get; init; }

    /// <summary>Of a stream <c>stdout</c> or <c>stderr</c>; of an error its type.</summary>
    internal string Name { get; init; } = "";

    /// <summary>Of a stream and of an error its text.</summary>
    internal string Text { get; init; } = "";

    /// <summary>Of a value its forms.</summary>
    internal IReadOnlyDictionary<string, JsonNode> Data { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>The claim that it shows, if it is one.</summary>
    internal ClaimOutcome? Claim => Data.TryGetValue(MimeType.Claim, out var claim) && claim is JsonObject fields
        ? new ClaimOutcome { Text = (string?)fields["text"] ?? "", Passed = (bool?)fields["passed"] ?? false, FalseIf = (string?)fields["false_if"] }
        : null;

    /// <summary>The picture that it shows, if it is a figure: markup without a script.</summary>
    internal NotebookFigure? Figure => Html is { } html ? NotebookFigure.In(html) : null;

    /// <summary>Its HTML, if it has one.</summary>
    internal string? Html => Data.TryGetValue(MimeType.Html, out var html) ? html.ToString() : null;
}
