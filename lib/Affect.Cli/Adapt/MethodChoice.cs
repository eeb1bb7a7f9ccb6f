namespace Affect.Cli.Adapt;

/// <summary>Methods and layers as a command line names them.</summary>
internal static class MethodChoice
{
    internal static IReadOnlyList<string> Names => Laboratory.WaysOfAdapting;

    /// <summary>The layers that a text stands for; null: all.</summary>
    /// <exception cref="ArgumentException">The text is none, or the encoder has no such layers.</exception>
    internal static LayerRange? Range(string text, int layers, Func<LayerRange> choose)
    {
        if (text == "all") return null;
        if (text == "chosen") return choose();
        var ends = text.Split('-');
        if (ends.Length <= 2 && Number(ends[0]) is { } first && Number(ends[^1]) is { } last && first >= 1 && first <= last && last <= layers) return new LayerRange(first, last);
        throw new ArgumentException($"--layers must be all, chosen, a layer as in 6, or a range as in 5-8, within 1 to {layers}, but is '{text}'.", nameof(text));
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
