namespace Affect.Notebook.Formatting;

/// <summary>A figure for notebooks: an image that every viewer shows, trusted or not, and a script that puts plotly's in its place where plotly is.</summary>
internal static class FigureHtml
{
    // Type is never scaled down to where it cannot be read: a narrow window gets a drawing of its own.
    private const int Narrow = 340;
    private const int NarrowWindow = 599;

    /// <summary>The markup.</summary>
    /// <remarks>
    /// The mark is made of the figure's content, so running a notebook twice gives the same bytes. One output may stand on a page twice, and
    /// scripts of notebooks do not know where they stand: the script draws into every element with its mark that nothing was drawn into yet.
    /// The title stands above as text, since plotly.js does not wrap it; where drawing fails, the image stays.
    /// </remarks>
    internal static string Of(Figure figure)
    {
        var image = figure.ToDataUri();
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))[..12];
        var still = $"<picture><source media=\"(max-width:{NarrowWindow}px)\" srcset=\"{figure.ToDataUri(new FigureStyle { Width = Narrow })}\">"
            + $"<img src=\"{image}\" alt=\"{HtmlEncode(figure.Title)}\" style=\"max-width:100%;height:auto\"></picture>";
        if (figure.IsPicture) return $"<div data-figure=\"{mark}\">{still}</div>";
        var json = figure.ToPlotlyJson();
        return $$"""
            <div data-figure="{{mark}}">{{still}}</div>
            <script>if(window.Plotly)document.querySelectorAll('[data-figure="{{mark}}"]:not([data-drawn])').forEach(function(e){e.dataset.drawn=1;var s=e.firstElementChild,p=document.createElement('p'),c=document.createElement('div'),f={{json}};p.style.fontWeight=700;p.textContent=s.querySelector('img').alt;delete f.layout.title;e.append(p,c);Plotly.newPlot(c,f.data,f.layout,f.config).then(function(){s.style.display='none'},function(){p.remove();c.remove()})})</script>
            """;
    }
}
