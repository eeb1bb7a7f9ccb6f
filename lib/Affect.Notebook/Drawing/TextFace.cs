namespace Affect.Notebook.Drawing;

/// <summary>How a line of text looks, and how wide it is.</summary>
/// <param name="Size">Pixels; at least 11, which is read without effort.</param>
/// <param name="Colour">The letters' colour.</param>
/// <param name="IsBold">Whether it is bold.</param>
/// <remarks>
/// Widths are known without a font at hand, so that no label is clipped and no two overlap. They are those of DejaVu Sans, the widest face that the
/// figures' font list can fall back to: in Helvetica, Arial or Liberation Sans the same text takes about an eighth less room.
/// </remarks>
public sealed record TextFace(double Size, ThemedColour Colour, bool IsBold = false)
{
    // Thousandths of an em for U+0020 to U+007E.
    private static ReadOnlySpan<short> Regular =>
    [
        318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337,
        838, 838, 838, 531, 1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558, 863, 749, 788, 604, 788, 695, 635, 611, 732, 685, 989,
        686, 611, 686, 391, 337, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521,
        393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
    ];

    private static ReadOnlySpan<short> Bold =>
    [
        349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400,
        838, 838, 838, 581, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 373, 775, 638, 996, 837, 851, 733, 851, 771, 721, 683, 813, 774, 1104,
        771, 725, 726, 458, 366, 458, 838, 500, 500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688, 716, 716, 494, 596,
        479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
    ];

    /// <summary>A figure's title.</summary>
    public static TextFace Title { get; } = new(16, Palette.Ink, IsBold: true);

    /// <summary>The line below the title.</summary>
    public static TextFace Subtitle { get; } = new(12.5, Palette.Muted);

    /// <summary>Axes and notes.</summary>
    public static TextFace Label { get; } = new(12, Palette.Muted);

    /// <summary>Values and the names of rows.</summary>
    public static TextFace Value { get; } = new(12, Palette.Ink);

    /// <summary>The smallest that is used, inside the cells of heat maps.</summary>
    internal static TextFace Cell { get; } = new(11, Palette.Ink);

    /// <summary>From one baseline to the next.</summary>
    public double LineHeight => Math.Round(Size * 1.3);

    /// <summary>The width of one line of text in pixels.</summary>
    public double Width(string text)
    {
        var thousandths = 0;
        foreach (var rune in text.EnumerateRunes()) thousandths += Advance(rune);
        return thousandths * Size / 1000;
    }

    /// <summary>The width of the widest of several lines.</summary>
    public double Widest(IEnumerable<string> lines) => lines.Select(Width).DefaultIfEmpty(0).Max();

    /// <summary>Breaks text at spaces into lines of at most a width; a longer word is shortened.</summary>
    public IReadOnlyList<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Width(longer) <= width)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            line = Shorten(word, width);
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    public string Shorten(string text, double width)
    {
        if (Width(text) <= width) return text;
        var shorter = new StringBuilder();
        var left = width * 1000 / Size - Advance(new Rune('…'));
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Advance(rune);
            if (left < 0) break;
            shorter.Append(rune.ToString());
        }
        return shorter.Append('…').ToString();
    }

    private int Advance(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7e => (IsBold ? Bold : Regular)[rune.Value - 0x20],
        '\u00a0' => (IsBold ? Bold : Regular)[0],
        '–' or '°' => 500,
        '’' or '·' => IsBold ? 380 : 318,
        '“' or '”' => IsBold ? 658 : 519,
        '×' or '−' or '±' or '≥' or '≤' or '→' or '≈' => 838,
        '—' or '…' => 1000,
        // Accented Latin, Greek, Cyrillic: nearly all below this; the widest few are ligatures.
        < 0x530 => IsBold ? 860 : 780,
        _ => 1050,
    };
}
