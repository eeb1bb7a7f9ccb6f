namespace Affect.Notebook.Drawing;

/// <summary>The colours of every figure: the same emotion, modality or rank has the same colour everywhere.</summary>
/// <remarks>
/// Found by a random search over hue windows (anger red, happiness amber, sadness blue ...) for the largest smallest distance in OKLab between
/// any two, for normal sight and for protanopia, deuteranopia and tritanopia as simulated by Machado, Oliveira and Fernandes (IEEE TVCG 15(6),
/// 2009), each at least 3 : 1 against its background (4.5 : 1 for series and modalities, whose colours also set text). Tests recompute
/// both. Colour never stands alone: series differ in marker shape, and everything is labelled.
/// </remarks>
public static class Palette
{
    /// <summary>The page behind a figure.</summary>
    public static ThemedColour Surface { get; } = new("#ffffff", "#14181d");

    /// <summary>Titles and values.</summary>
    public static ThemedColour Ink { get; } = new("#1f2328", "#e6edf3");

    /// <summary>Axis labels and notes.</summary>
    public static ThemedColour Muted { get; } = new("#57606a", "#a3adb8");

    /// <summary>Grid lines.</summary>
    public static ThemedColour Grid { get; } = new("#e1e5ea", "#2c333b");

    /// <summary>A stretch that is pointed at.</summary>
    public static ThemedColour Shade { get; } = new("#eaf1fb", "#1d2a3c");

    private static readonly ThemedColour[] SeriesColours =
        [new("#2b70ea", "#307cf4"), new("#ba5d16", "#da550c"), new("#711294", "#d0a9fc"), new("#04472d", "#78fbbc")];

    private static readonly ThemedColour[] EmotionColours =
    [
        new("#8e959c", "#c2c1c7"), new("#cf201d", "#d9240b"), new("#cd8504", "#f0a833"), new("#213b9e", "#385ec8"), new("#9947d9", "#ab7fed"),
        new("#237a6b", "#42a48b"), new("#1b3702", "#b7fe86"), new("#7a1159", "#9c4674"),
    ];

    private static readonly ThemedColour[] ModalityColours = [SeriesColours[0], SeriesColours[1], SeriesColours[3]];

    // The order of the colours above; label sets of other corpora say the same in other words.
    private static readonly string[][] EmotionNames =
    [
        ["neutral", "calm"], ["angry", "anger"], ["happy", "happiness", "joy"], ["sad", "sadness"], ["worried", "fear", "fearful", "anxious"],
        ["surprise", "surprised"], ["disgust", "disgusted"], ["contempt"],
    ];

    private static readonly string[] ModalityNames = ["acoustic", "visual", "lexical"];

    /// <summary>The colour of the n-th series of a figure; they repeat after four, and markers after five.</summary>
    public static ThemedColour Series(int index) => SeriesColours[Require.AtLeast(0, index) % SeriesColours.Length];

    /// <summary>The colour of an emotion, by its English name in MER2024 or another corpus; that of neutral if the name is not known.</summary>
    public static ThemedColour Emotion(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = Array.FindIndex(EmotionNames, names => names.Contains(name, StringComparer.OrdinalIgnoreCase));
        return EmotionColours[Math.Max(0, index)];
    }

    /// <summary>The colour of <c>acoustic</c>, <c>visual</c> or <c>lexical</c>; plain ink for their combinations.</summary>
    public static ThemedColour Modality(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = Array.FindIndex(ModalityNames, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? Ink : ModalityColours[index];
    }
}
