namespace Affect.Tests.Figures;

/// <summary>One line of text of a drawing and the box that it fills.</summary>
internal sealed record DrawnText(string Text, double Size, double Left, double Top, double Right, double Bottom)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>All text of a drawing.</summary>
    public static IReadOnlyList<DrawnText> Of(XDocument svg) => [.. svg.Descendants(Svg + "text").Select(Of)];

    /// <summary>Whether two lines touch by more than a hair.</summary>
    public bool Overlaps(DrawnText other) => Left < other.Right - 0.5 && other.Left < Right - 0.5 && Top < other.Bottom - 0.5 && other.Top < Bottom - 0.5;

    private static DrawnText Of(XElement element)
    {
        var size = Number(element, "font-size");
        var width = new TextFace(size, Palette.Ink, Attribute(element, "font-weight") is not null).Width(element.Value);
        // Capitals rise to about 3/4 of the size, g and p fall by a quarter.
        var (rise, fall) = (0.76 * size, 0.22 * size);
        if (element.Attribute("transform") is { } transform)
        {
            var place = transform.Value["translate(".Length..transform.Value.IndexOf(')')].Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            Assert.EndsWith("rotate(-90)", transform.Value, StringComparison.Ordinal);
            return new DrawnText(element.Value, size, place[0] - rise, place[1] - width / 2, place[0] + fall, place[1] + width / 2);
        }
        var (x, y) = (Number(element, "x"), Number(element, "y"));
        var left = Attribute(element, "text-anchor")?.Value switch { "middle" => x - width / 2, "end" => x - width, _ => x };
        return new DrawnText(element.Value, size, left, y - rise, left + width, y + fall);
    }

    private static double Number(XElement element, string name) => double.Parse(Attribute(element, name)!.Value, CultureInfo.InvariantCulture);

    // Lines of text that look alike share a group.
    private static XAttribute? Attribute(XElement element, string name) => element.AncestorsAndSelf().Select(owner => owner.Attribute(name)).FirstOrDefault(attribute => attribute is not null);
}
