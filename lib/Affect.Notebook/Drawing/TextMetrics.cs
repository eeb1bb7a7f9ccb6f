namespace Affect.Notebook.Drawing;

/// <summary>How wide text is, without a font at hand, so that no label is clipped and no two overlap.</summary>
/// <remarks>
/// The advance widths are those of DejaVu Sans, which is the widest face that the figures' font list can fall back to: in Helvetica, Arial or
/// Liberation Sans the same text takes about an eighth less room.
/// </remarks>
internal static class TextMetrics
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

    /// <summary>The width of one line of text in pixels.</summary>
    internal static double Width(string text, double size, bool bold = false)
    {
        var thousandths = 0;
        foreach (var rune in text.EnumerateRunes()) thousandths += Advance(rune, bold);
        return thousandths * size / 1000;
    }

    /// <summary>The widest of several lines.</summary>
    internal static double Widest(IEnumerable<string> lines, double size, bool bold = false) =>
        lines.Select(line => Width(line, size, bold)).DefaultIfEmpty(0).Max();

    /// <summary>Breaks text at spaces into lines of at most a width; a longer word is shortened.</summary>
    internal static IReadOnlyList<string> Wrap(string text, double size, double width, bool bold = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Width(longer, size, bold) <= width)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            line = Shorten(word, size, width, bold);
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    internal static string Shorten(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width) return text;
        var shorter = new StringBuilder();
        var left = width * 1000 / size - Advance(new Rune('…'), bold);
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Advance(rune, bold);
            if (left < 0) break;
            shorter.Append(rune.ToString());
        }
        return shorter.Append('…').ToString();
    }

    private static int Advance(Rune rune, bool bold) => rune.Value switch
    {
        >= 0x20 and <= 0x7e => (bold ? Bold : Regular)[rune.Value - 0x20],
        '\u00a0' => (bold ? Bold : Regular)[0],
        '–' or '°' => 500,
        '’' or '·' => bold ? 380 : 318,
        '“' or '”' => bold ? 658 : 519,
        '×' or '−' or '±' or '≥' or '≤' or '→' or '≈' => 838,
        '—' or '…' => 1000,
        // Accented Latin, Greek, Cyrillic: nearly all below this; the widest few are ligatures.
        < 0x530 => bold ? 860 : 780,
        _ => 1050,
    };
}
