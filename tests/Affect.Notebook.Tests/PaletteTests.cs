namespace Affect.Tests;

public sealed class PaletteTests
{
    private static readonly double[][,] Sights =
    [
        new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        // Protanopia, deuteranopia, tritanopia: Machado et al. 2009, table 1, severity 1.0, on linear RGB.
        new[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        new[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        new[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    ];

    public static TheoryData<string, double> Groups => new() { { "emotions", 0.115 }, { "series", 0.16 }, { "modalities", 0.16 } };

    [Theory]
    [MemberData(nameof(Groups))]
    public void Any_two_colours_stay_apart_whatever_the_readers_colour_vision(string group, double distance)
    {
        var colours = Colours(group);
        foreach (var theme in (Func<ThemedColour, string>[])[colour => colour.Light, colour => colour.Dark])
            for (var i = 0; i < colours.Count; i++)
                for (var j = 0; j < i; j++)
                {
                    var apart = Sights.Min(sight => Distance(Seen(theme(colours[i]), sight), Seen(theme(colours[j]), sight)));
                    Assert.True(apart >= distance, $"{theme(colours[i])} and {theme(colours[j])} are {apart:F3} apart");
                }
    }

    [Theory]
    [InlineData("emotions", 3.0)]
    [InlineData("series", 4.5)]
    [InlineData("modalities", 4.5)]
    [InlineData("ink", 4.5)]
    public void Every_colour_stands_out_from_its_page(string group, double contrast) =>
        Assert.All(Colours(group), colour =>
        {
            Assert.True(Contrast(colour.Light, Palette.Surface.Light) >= contrast - 0.02, $"{colour.Light}: {Contrast(colour.Light, Palette.Surface.Light)}");
            Assert.True(Contrast(colour.Dark, Palette.Surface.Dark) >= contrast - 0.02, $"{colour.Dark}: {Contrast(colour.Dark, Palette.Surface.Dark)}");
        });

    [Fact]
    public void Numbers_on_a_heat_map_can_be_read_at_every_level()
    {
        for (var level = 0; level < SequentialScale.Levels; level++)
        {
            var (ground, ink) = (SequentialScale.Colour(level), SequentialScale.Ink(level));
            Assert.InRange(Contrast(ink.Light, ground.Light), 4.5, 21);
            Assert.InRange(Contrast(ink.Dark, ground.Dark), 4.5, 21);
        }
    }

    [Fact]
    public void A_heat_map_only_gets_darker_on_light_pages_and_brighter_on_dark_ones()
    {
        for (var level = 1; level < SequentialScale.Levels; level++)
        {
            var (below, above) = (SequentialScale.Colour(level - 1), SequentialScale.Colour(level));
            Assert.True(Luminance(Linear(above.Light)) < Luminance(Linear(below.Light)));
            Assert.True(Luminance(Linear(above.Dark)) > Luminance(Linear(below.Dark)));
        }
    }

    [Theory]
    [InlineData("anger", "angry")]
    [InlineData("Fear", "worried")]
    [InlineData("surprised", "surprise")]
    public void An_emotion_has_one_colour_whatever_a_corpus_calls_it(string name, string same) => Assert.Equal(Palette.Emotion(same), Palette.Emotion(name));

    private static IReadOnlyList<ThemedColour> Colours(string group) => group switch
    {
        "emotions" => [.. ((string[])["neutral", "angry", "happy", "sad", "worried", "surprise", "disgust", "contempt"]).Select(Palette.Emotion)],
        "series" => [.. Enumerable.Range(0, 4).Select(Palette.Series)],
        "modalities" => [Palette.Modality("acoustic"), Palette.Modality("visual"), Palette.Modality("lexical")],
        _ => [Palette.Ink, Palette.Muted],
    };

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(Linear(one)), Luminance(Linear(other)));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(double[] rgb) => 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];

    private static double[] Linear(string hex) => [.. Enumerable.Range(0, 3).Select(index =>
    {
        var c = int.Parse(hex.AsSpan(1 + 2 * index, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    })];

    // OKLab (Ottosson 2020) of what a reader sees.
    private static double[] Seen(string hex, double[,] sight)
    {
        var rgb = Linear(hex);
        var seen = Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => sight[row, column] * rgb[column]), 0, 1)).ToArray();
        var l = Math.Cbrt(0.4122214708 * seen[0] + 0.5363325363 * seen[1] + 0.0514459929 * seen[2]);
        var m = Math.Cbrt(0.2119034982 * seen[0] + 0.6806995451 * seen[1] + 0.1073969566 * seen[2]);
        var s = Math.Cbrt(0.0883024619 * seen[0] + 0.2817188376 * seen[1] + 0.6299787005 * seen[2]);
        return
        [
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        ];
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
}
