namespace Affect.Notebook.Pages;

/// <summary>Turns a notebook's prose into HTML: tables, formulas and markup as notebooks have them.</summary>
internal sealed class MarkdownMarkup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseFootnotes().UseAutoLinks().UseAutoIdentifiers().UseMathematics().Build();

    private readonly string linkFolder;

    /// <summary>A writer for pages.</summary>
    /// <param name="linkFolder">The way from the page's folder to that of the notebook, whose links are relative to it; empty where they are one.</param>
    internal MarkdownMarkup(string linkFolder) => this.linkFolder = linkFolder;

    /// <summary>The prose as HTML. Markup in it is obeyed, as in every notebook.</summary>
    internal string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
            if (link.Url is { Length: > 0 } url) link.Url = Place(url);
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture) { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new InlineFormula());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new BlockFormula());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new Code());
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

    // A line of $$…$$ within a paragraph stands by itself too.
    private sealed class InlineFormula : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula) => renderer.Write(TexMarkup.Of(formula.Content.ToString(), isBlock: formula.DelimiterCount == 2));
    }

    private sealed class BlockFormula : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula)
        {
            renderer.EnsureLine();
            renderer.WriteLine(TexMarkup.Of(formula.Lines.ToString(), isBlock: true));
        }
    }

    private sealed class Code : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code)
        {
            var text = code.Lines.ToString();
            var isCSharp = code is FencedCodeBlock { Info: "csharp" or "cs" or "c#" };
            renderer.EnsureLine();
            renderer.WriteLine($"<pre class=\"source\" tabindex=\"0\"><code>{(isCSharp ? CSharpMarkup.Of(text) : HtmlText.Escape(text))}</code></pre>");
        }
    }
}
