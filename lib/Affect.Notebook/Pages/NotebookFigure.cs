namespace Affect.Notebook.Pages;

/// <summary>A figure as it was shown in a notebook.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Picture">Its markup, which needs nothing else.</param>
internal sealed partial record NotebookFigure(string Title, string Picture)
{
    /// <summary>The first figure in an output; null without one.</summary>
    internal static NotebookFigure? In(string html)
    {
        var match = Pattern().Match(html);
        if (!match.Success) return null;
        var title = Alternative().Match(match.Groups["picture"].Value);
        return new NotebookFigure(title.Success ? WebUtility.HtmlDecode(title.Groups["text"].Value) : "", match.Groups["picture"].Value);
    }

    [GeneratedRegex("<div data-figure=\"[0-9a-f]+\">(?<picture>.*?)</div>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pattern();

    [GeneratedRegex(" alt=\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Alternative();
}
