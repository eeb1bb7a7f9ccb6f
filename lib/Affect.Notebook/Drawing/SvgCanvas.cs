namespace Affect.Notebook.Drawing;

/// <summary>Writes a figure as one small self-contained SVG: shapes, text, and a style sheet with only the colours that are used.</summary>
/// <param name="width">Pixels.</param>
/// <param name="theme">The background that is drawn for.</param>
public sealed class SvgCanvas(double width, FigureTheme theme)
{
    /// <summary>Pixels left free at both sides of a figure.</summary>
    public const double Margin = 14;

    private const double WideEnough = 620;
    private const string Fonts = "'Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif";

    private readonly StringBuilder body = new();
    private readonly Dictionary<(string Property, ThemedColour Colour), string> classes = [];
    private string openElement = "";
    private string closing = "";

    /// <summary>The drawing's width in pixels.</summary>
    public double Width { get; } = width;

    /// <summary>The drawing's height in pixels; set when everything is laid out.</summary>
    public double Height { get; set; }

    /// <summary>Whether names stand beside what they name; on narrower canvases they stand above.</summary>
    public bool IsWide => Width >= WideEnough;

    /// <summary>A filled rectangle.</summary>
    public void Rectangle(double x, double y, double width, double height, ThemedColour fill, double opacity = 1) =>
        Shapes(Box(x, y, width, height), fill, opacity);

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, ThemedColour stroke, double thickness = 1, string? dash = null, double opacity = 1)
    {
        var dashes = dash is null ? "" : $" stroke-dasharray=\"{dash}\"";
        Path($"M{F(x1)} {F(y1)}L{F(x2)} {F(y2)}", $"{Paint(("stroke", stroke))} stroke-width=\"{F(thickness)}\"{dashes}{Opacity(opacity)}");
    }

    /// <summary>A line through points.</summary>
    public void Polyline(IReadOnlyList<(double X, double Y)> points, ThemedColour stroke, double thickness)
    {
        var path = string.Join('L', points.Select(point => $"{F(point.X)} {F(point.Y)}"));
        Path($"M{path}", $" fill=\"none\"{Paint(("stroke", stroke))} stroke-width=\"{F(thickness)}\" stroke-linejoin=\"round\"");
    }

    /// <summary>Shapes of one colour, as SVG path data.</summary>
    public void Shapes(string path, ThemedColour fill, double opacity = 1) => Path(path, $"{Paint(("fill", fill))}{Opacity(opacity)}");

    /// <summary>A picture, stretched to its place. It is a data URI, as an image inside a page loads nothing.</summary>
    public void Image(double x, double y, double width, double height, string dataUri) =>
        Append("", $"<image x=\"{F(x)}\" y=\"{F(y)}\" width=\"{F(width)}\" height=\"{F(height)}\" preserveAspectRatio=\"none\" href=\"{dataUri}\"/>\n", "");

    /// <summary>A marker of a series: each of the first five has its own shape, ringed by the page's colour so that lines stop short of it.</summary>
    public void Marker(int shape, double x, double y, double radius, ThemedColour fill)
    {
        var (square, diamond, side, near, far) = (0.89 * radius, 1.25 * radius, 1.15 * radius, 0.9 * radius, 1.2 * radius);
        var path = (shape % 5) switch
        {
            0 => $"M{F(x - radius)} {F(y)}a{F(radius)} {F(radius)} 0 1 0 {F(2 * radius)} 0a{F(radius)} {F(radius)} 0 1 0 {F(-2 * radius)} 0z",
            1 => $"M{F(x - square)} {F(y - square)}h{F(2 * square)}v{F(2 * square)}h{F(-2 * square)}z",
            2 => $"M{F(x)} {F(y - diamond)}L{F(x + diamond)} {F(y)}L{F(x)} {F(y + diamond)}L{F(x - diamond)} {F(y)}z",
            3 => $"M{F(x)} {F(y - far)}L{F(x + side)} {F(y + near)}L{F(x - side)} {F(y + near)}z",
            _ => $"M{F(x)} {F(y + far)}L{F(x + side)} {F(y - near)}L{F(x - side)} {F(y - near)}z",
        };
        Path(path, $"{Paint(("fill", fill), ("stroke", Palette.Surface))} stroke-width=\"1.2\"");
    }

    /// <summary>A score and its interval on a scale that runs from left to right: a marker on a bar.</summary>
    public void Score(LinearScale x, Interval score, double y, int shape, ThemedColour colour, double radius = 4.5)
    {
        Line(x.At(score.Low), y, x.At(score.High), y, colour, 2);
        Marker(shape, x.At(score.Value), y, radius, colour);
    }

    /// <summary>Round dots of one colour.</summary>
    public void Dots(IEnumerable<(double X, double Y)> places, double radius, ThemedColour colour, double opacity = 1)
    {
        // A line of no length with round ends is a dot, in a quarter of the bytes of a circle.
        var path = string.Concat(places.Select(place => $"M{F(place.X)} {F(place.Y)}h0"));
        if (path.Length == 0) return;
        Path(path, $"{Paint(("stroke", colour))} stroke-width=\"{F(2 * radius)}\" stroke-linecap=\"round\"{Opacity(opacity)}");
    }

    /// <summary>One line of text; markup in it is shown and not obeyed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">The place of its anchor.</param>
    /// <param name="baseline">The line it stands on.</param>
    /// <param name="face">Size, weight and colour.</param>
    /// <param name="anchor">What lies at <paramref name="x"/>.</param>
    public void Text(string text, double x, double baseline, TextFace face, TextAnchor anchor = TextAnchor.Start)
    {
        var place = anchor switch { TextAnchor.Middle => " text-anchor=\"middle\"", TextAnchor.End => " text-anchor=\"end\"", _ => "" };
        var weight = face.IsBold ? " font-weight=\"700\"" : "";
        var opening = $"<g font-size=\"{F(face.Size)}\"{weight}{place}{Paint(("fill", face.Colour))}>";
        Append(opening, $"<text x=\"{F(x)}\" y=\"{F(baseline)}\">{Escape(text)}</text>", "</g>\n");
    }

    /// <summary>One line of text that reads upwards, its middle at a place: the name of a vertical axis.</summary>
    public void TextUp(string text, double x, double y, TextFace face)
    {
        var look = $"font-size=\"{F(face.Size)}\" text-anchor=\"middle\"{Paint(("fill", face.Colour))}";
        Append("", $"<text transform=\"translate({F(x)} {F(y)}) rotate(-90)\" {look}>{Escape(text)}</text>\n", "");
    }

    /// <summary>Lines of text, one under another.</summary>
    /// <returns>The baseline that a further line would take.</returns>
    public double Lines(IEnumerable<string> lines, double x, double baseline, TextFace face, TextAnchor anchor = TextAnchor.Start)
    {
        foreach (var line in lines)
        {
            Text(line, x, baseline, face, anchor);
            baseline += face.LineHeight;
        }
        return baseline;
    }

    /// <summary>Lines of text, one under another, their middle at a height.</summary>
    public void LinesAround(IReadOnlyList<string> lines, double x, double middle, TextFace face, TextAnchor anchor = TextAnchor.Start) =>
        Lines(lines, x, middle - (lines.Count - 1) * face.LineHeight / 2 + 4, face, anchor);

    /// <summary>Everything drawn, as an SVG document that can also stand inside a page.</summary>
    /// <param name="title">For assistive technology; may be empty.</param>
    /// <param name="description">For assistive technology; may be empty.</param>
    public string ToSvg(string title, string description)
    {
        var size = $"width=\"{F(Width)}\" height=\"{F(Height)}\"";
        var background = Paint(("fill", Palette.Surface));
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} viewBox=\"0 0 {F(Width)} {F(Height)}\" class=\"affect\" role=\"img\" ");
        svg.Append($"font-family=\"{Fonts}\">\n");
        if (title.Length > 0) svg.Append($"<title>{Escape(title)}</title>\n");
        if (description.Length > 0) svg.Append($"<desc>{Escape(description)}</desc>\n");
        if (classes.Count > 0) svg.Append($"<style>\n{StyleSheet()}</style>\n");
        return svg.Append($"<rect {size}{background}/>\n").Append(body).Append(closing).Append("</svg>\n").ToString();
    }

    /// <summary>A rectangle as path data.</summary>
    internal static string Box(double x, double y, double width, double height) => $"M{F(x)} {F(y)}h{F(width)}v{F(height)}h{F(-width)}z";

    /// <summary>Pixels to a tenth, without a trailing zero: as path data writes them.</summary>
    public static string F(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

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
    }

    private string StyleSheet()
    {
        string Rules(Func<ThemedColour, string> shade) =>
            string.Concat(classes.Select(rule => $".affect .{rule.Value}{{{rule.Key.Property}:{shade(rule.Key.Colour)}}}\n"));
        return $"{Rules(colour => colour.Light)}@media (prefers-color-scheme:dark){{\n{Rules(colour => colour.Dark)}}}\n";
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
            else attributes.Append($" {paint.Property}=\"{paint.Colour.On(theme)}\"");
        }
        if (names.Count > 0) attributes.Append($" class=\"{string.Join(' ', names)}\"");
        return attributes.ToString();
    }

    // Names come from files: what XML cannot hold is shown as the replacement character.
    private static string Escape(string text) =>
        SecurityElement.Escape(string.Concat(text.EnumerateRunes().Select(rune => IsXml(rune.Value) ? rune.ToString() : "\uFFFD")))!;

    private static bool IsXml(int code) => code is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF);

    private static string Opacity(double opacity) => opacity < 1 ? FormattableString.Invariant($" opacity=\"{opacity:0.##}\"") : "";
}
