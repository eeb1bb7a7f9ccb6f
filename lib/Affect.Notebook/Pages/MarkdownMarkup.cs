namespace Affect.Notebook.Pages;

/// <summary>Turns a notebook's prose into HTML: tables, formulas and markup as notebooks have them.</summary>
/// <param name="linkFolder">The way from the page's folder to that of the notebook, whose links are relative to it; empty where they are one.</param>
internal sealed class MarkdownMarkup(string linkFolder)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseFootnotes().UseAutoLinks().UseAutoIdentifiers().UseMathematics().Build();

    /// <summary>The prose as HTML. Markup in it is obeyed, as in every notebook.</summary>
    internal string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
            if (link.Url is { Length: > 0 } url) link.Url = Place(url);
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        // A line of $$…$$ within a paragraph stands by itself too.
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new Written<MathInline>(formula =>
            TexMarkup.Of(formula.Content.ToString(), isBlock: formula.DelimiterCount == 2)));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(
            new Written<MathBlock>(formula => TexMarkup.Of(formula.Lines.ToString(), isBlock: true) + "\n"));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new Written<CodeBlock>(Code));
        renderer.Render(document);
        return writer.ToString();
    }

    // Notebooks link to one another as notebooks; among pages, the page is what a reader wants.
    private string Place(string url)
    {
        if (url[0] is '#' or '/' || url.Contains(':', StringComparison.Ordinal)) return url;
        var (path, rest) = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? (url[..hash], url[hash..]) : (url, "");
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal)) return $"{path[..^6]}.html{rest}";
        return linkFolder.Length == 0 ? url : $"{linkFolder}/{url}";
    }

    private static string Code(CodeBlock code)
    {
        var text = code.Lines.ToString();
        var markup = code is FencedCodeBlock { Info: "csharp" or "cs" or "c#" } ? CSharpMarkup.Of(text) : HtmlEncode(text);
        return $"<pre class=\"source\" tabindex=\"0\"><code>{markup}</code></pre>\n";
    }

    // What has markup of its own; a block of it begins on a line of its own.
    private sealed class Written<T>(Func<T, string> markup) : HtmlObjectRenderer<T>
        where T : MarkdownObject
    {
        protected override void Write(HtmlRenderer renderer, T part)
        {
            if (part is Block) renderer.EnsureLine();
            renderer.Write(markup(part));
        }
    }
}
