namespace Affect.Notebook.Drawing;

/// <summary>Writes a figure as one small self-contained SVG: shapes, text, and a style sheet with only the colours that are used.</summary>
internal sealed class SvgCanvas(double width, FigureTheme theme)
{
    private const string Fonts = "'Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif";

    private readonly StringBuilder body = new();
    private string openElement = "";
    private string closing = "";
    private readonly Dictionary<(string Property, ThemedColour Colour), string> classes = [];

    /// <summary>The drawing's width in pixels.</summary>
    internal double Width { get; } = width;

    /// <summary>The drawing's height in pixels; set when everything is laid out.</summary>
    internal double Height { get; set; }

    internal void Rectangle(double x, double y, double width, double height, ThemedColour fill, double opacity = 1) =>
        Path($"M{F(x)} {F(y)}h{F(width)}v{F(height)}h{F(-width)}z", $"{Paint(("fill", fill))}{Opacity(opacity)}");

    internal void Line(double x1, double y1, double x2, double y2, ThemedColour stroke, double thickness = 1, string? dash = null, double opacity = 1)
    {
        var dashes = dash is null ? "" : $" stroke-dasharray=\"{dash}\"";
        Path($"M{F(x1)} {F(y1)}L{F(x2)} {F(y2)}", $"{Paint(("stroke", stroke))} stroke-width=\"{F(thickness)}\"{dashes}{Opacity(opacity)}");
    }

    /// <summary>A line through points.</summary>
    internal void Polyline(IReadOnlyList<(double X, double Y)> points, ThemedColour stroke, double thickness)
    {
        var path = string.Join('L', points.Select(point => $"{F(point.X)} {F(point.Y)}"));
        Path($"M{path}", $" fill=\"none\"{Paint(("stroke", stroke))} stroke-width=\"{F(thickness)}\" stroke-linejoin=\"round\"");
    }

    /// <summary>Shapes of one colour, as SVG path data.</summary>
    internal void Shapes(string path, ThemedColour fill, double opacity = 1) =>
        Path(path, $"{Paint(("fill", fill))}{Opacity(opacity)}");

    /// <summary>A picture, stretched to its place.</summary>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its top.</param>
    /// <param name="width">Its width here.</param>
    /// <param name="height">Its height here.</param>
    /// <param name="dataUri">The picture itself: an image inside a page loads nothing.</param>
    internal void Image(double x, double y, double width, double height, string dataUri) =>
        Append("", $"<image x=\"{F(x)}\" y=\"{F(y)}\" width=\"{F(width)}\" height=\"{F(height)}\" preserveAspectRatio=\"none\" href=\"{dataUri}\"/>\n", "");

    /// <summary>A marker of a series: each of the first four has its own shape, ringed by the page's colour so that lines stop short of it.</summary>
    internal void Marker(int shape, double x, double y, double radius, ThemedColour fill)
    {
        var (square, diamond) = (0.89 * radius, 1.25 * radius);
        var path = (shape % 5) switch
        {
            0 => $"M{F(x - radius)} {F(y)}a{F(radius)} {F(radius)} 0 1 0 {F(2 * radius)} 0a{F(radius)} {F(radius)} 0 1 0 {F(-2 * radius)} 0z",
            1 => $"M{F(x - square)} {F(y - square)}h{F(2 * square)}v{F(2 * square)}h{F(-2 * square)}z",
            2 => $"M{F(x)} {F(y - diamond)}L{F(x + diamond)} {F(y)}L{F(x)} {F(y + diamond)}L{F(x - diamond)} {F(y)}z",
            4 => $"M{F(x)} {F(y + 1.2 * radius)}L{F(x + 1.15 * radius)} {F(y - 0.9 * radius)}L{F(x - 1.15 * radius)} {F(y - 0.9 * radius)}z",
            _ => $"M{F(x)} {F(y - 1.2 * radius)}L{F(x + 1.15 * radius)} {F(y + 0.9 * radius)}L{F(x - 1.15 * radius)} {F(y + 0.9 * radius)}z",
        };
        Path(path, $"{Paint(("fill", fill), ("stroke", Palette.Surface))} stroke-width=\"1.2\"");
    }

    /// <summary>Round dots of one colour.</summary>
    internal void Dots(IEnumerable<(double X, double Y)> places, double radius, ThemedColour colour, double opacity = 1)
    {
        // A line of no length with round ends is a dot, in a quarter of the bytes of a circle.
        var path = string.Concat(places.Select(place => $"M{F(place.X)} {F(place.Y)}h0"));
        if (path.Length > 0) Path(path, $"{Paint(("stroke", colour))} stroke-width=\"{F(2 * radius)}\" stroke-linecap=\"round\"{Opacity(opacity)}");
    }

    /// <summary>One line of text.</summary>
    /// <param name="text">The text; escaped here.</param>
    /// <param name="x">The place of its anchor.</param>
    /// <param name="baseline">The line it stands on.</param>
    /// <param name="face">Size, weight and colour.</param>
    /// <param name="anchor">What lies at <paramref name="x"/>.</param>
    internal void Text(string text, double x, double baseline, TextFace face, TextAnchor anchor = TextAnchor.Start)
    {
        var place = anchor switch { TextAnchor.Middle => " text-anchor=\"middle\"", TextAnchor.End => " text-anchor=\"end\"", _ => "" };
        var weight = face.IsBold ? " font-weight=\"700\"" : "";
        Append($"<g font-size=\"{F(face.Size)}\"{weight}{place}{Paint(("fill", face.Colour))}>", $"<text x=\"{F(x)}\" y=\"{F(baseline)}\">{Escape(text)}</text>", "</g>\n");
    }

    /// <summary>One line of text that reads upwards, its middle at a place; only for the name of a vertical axis.</summary>
    internal void TextUp(string text, double x, double y, TextFace face) =>
        Append("", $"<text transform=\"translate({F(x)} {F(y)}) rotate(-90)\" font-size=\"{F(face.Size)}\" text-anchor=\"middle\"{Paint(("fill", face.Colour))}>{Escape(text)}</text>\n", "");

    /// <summary>Lines of text, one under another.</summary>
    /// <returns>The baseline that a further line would take.</returns>
    internal double Lines(IEnumerable<string> lines, double x, double baseline, TextFace face, TextAnchor anchor = TextAnchor.Start)
    {
        foreach (var line in lines)
        {
            Text(line, x, baseline, face, anchor);
            baseline += face.LineHeight;
        }
        return baseline;
    }

    /// <summary>Everything drawn, as an SVG document that can also stand inside a page.</summary>
    internal string ToSvg(string title, string description)
    {
        var size = $"width=\"{F(Width)}\" height=\"{F(Height)}\" viewBox=\"0 0 {F(Width)} {F(Height)}\"";
        var background = Paint(("fill", Palette.Surface));
        Append("", "", "");
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} class=\"affect\" role=\"img\" font-family=\"{Fonts}\">\n");
        if (title.Length > 0) svg.Append($"<title>{Escape(title)}</title>\n");
        if (description.Length > 0) svg.Append($"<desc>{Escape(description)}</desc>\n");
        if (classes.Count > 0) svg.Append($"<style>\n{StyleSheet()}</style>\n");
        svg.Append($"<rect width=\"{F(Width)}\" height=\"{F(Height)}\"{background}/>\n").Append(body).Append("</svg>\n");
        return svg.ToString();
    }

    // Neighbours that look alike share one element: a notebook holds many figures and little room.
    private void Path(string data, string look) => Append($"<path{look} d=\"", data, "\"/>\n");

    private void Append(string opening, string content, string end)
    {
        if (opening.Length == 0 || opening != openElement)
        {
            body.Append(closing).Append(opening);
            (openElement, closing) = (opening, end);
        }
        body.Append(content);
        if (opening.Length == 0) closing = "";
    }

    /// <summary>Pixels to a tenth, without a trailing zero.</summary>
    internal static string F(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    private string StyleSheet()
    {
        var light = new StringBuilder();
        var dark = new StringBuilder();
        foreach (var ((property, colour), name) in classes)
        {
            light.Append($".affect .{name}{{{property}:{colour.Light}}}\n");
            dark.Append($".affect .{name}{{{property}:{colour.Dark}}}\n");
        }
        return $"{light}@media (prefers-color-scheme:dark){{\n{dark}}}\n";
    }

    // For a reader whose setting is followed, colours are classes with a rule per theme; otherwise plain attributes, which every viewer knows.
    private string Paint(params ReadOnlySpan<(string Property, ThemedColour Colour)> paints)
    {
        var attributes = new StringBuilder();
        var names = new List<string>();
        foreach (var paint in paints)
        {
            if (theme == FigureTheme.Auto && paint.Colour.Light != paint.Colour.Dark)
            {
                if (!classes.TryGetValue(paint, out var name)) classes.Add(paint, name = $"{paint.Property[0]}{classes.Count}");
                names.Add(name);
            }
            else
            {
                attributes.Append($" {paint.Property}=\"{(theme == FigureTheme.Dark ? paint.Colour.Dark : paint.Colour.Light)}\"");
            }
        }
        if (names.Count > 0) attributes.Append($" class=\"{string.Join(' ', names)}\"");
        return attributes.ToString();
    }

    // Names come from files: what XML cannot hold is shown as the replacement character.
    private static string Escape(string text) =>
        SecurityElement.Escape(string.Concat(text.EnumerateRunes().Select(rune => IsXml(rune.Value) ? rune.ToString() : "\uFFFD")))!;

    private static bool IsXml(int code) => code is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF);

    private static string Opacity(double opacity) => opacity < 1 ? $" opacity=\"{opacity.ToString("0.##", CultureInfo.InvariantCulture)}\"" : "";
}
