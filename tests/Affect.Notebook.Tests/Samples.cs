using Affect.Evaluation;
using Affect.Notebook;
using Affect.Notebook.Figures;

namespace Affect.Tests;

/// <summary>Figures of made-up numbers, easy and hard ones.</summary>
internal static class Samples
{
    internal static readonly string[] Emotions = ["neutral", "angry", "happy", "sad", "worried", "surprise"];
    private static readonly string[] LongNames = ["neutral", "anger", "happiness", "sadness", "fearfulness", "disappointment & <regret>"];

    /// <summary>A curve from which nothing can be chosen.</summary>
    internal static LayerCurveData Flat { get; } = new()
    {
        Title = "Which layers of HuBERT-base (random weights) hear emotion? Mimic, synthetic speech",
        Series = [Series("HuBERT-base, random weights", 13, 0.30, 0.06)],
        References = [new ReferenceScore { Name = "MFCC statistics", Score = Around(0.352) }],
        Chance = 0.165,
        Ceilings = [new ScoreLevel("ceiling of the voice", 0.712)],
        Choice = new ChosenLayers(1, 6, IsTooFlat: true),
        Clips = 480,
        Speakers = 16,
        Folds = 5,
        IsSynthetic = true,
    };

    /// <summary>Two curves, the higher with a chosen range.</summary>
    internal static LayerCurveData Chosen { get; } = Flat with
    {
        Title = "Which layers hear emotion?",
        Ceilings = [.. Flat.Ceilings, new ScoreLevel("ceiling of voice and words", 0.734)],
        Series = [Series("HuBERT-base, trained", 13, 0.40, 0.2), Series("HuBERT-base, random weights", 13, 0.30, 0.03)],
        Choice = new ChosenLayers(4, 9),
    };

    // Many layers, names that want the same place, a choice at the left edge.
    private static LayerCurveData Large { get; } = Chosen with
    {
        Metric = Metric.Uar,
        Series = [Series("HuBERT-large", 25, 0.36, 0.01), Series("HuBERT-large, random weights", 25, 0.35, 0.01)],
        References = [.. Flat.References, new ReferenceScore { Name = "log-mel statistics", Score = Around(0.351) }],
        Chance = 0.34,
        Ceilings = [],
        Choice = new ChosenLayers(1, 1),
        IsSynthetic = false,
    };

    // One layer, no folds' scores, all numbers at their ends.
    private static LayerCurveData Tiny { get; } = new()
    {
        Title = "Does it draw?",
        Chance = 0,
        Clips = 1,
        Speakers = 1,
        Folds = 1,
        IsSynthetic = false,
        Ceilings = [new ScoreLevel("ceiling", 1)],
        Series = [new LayerSeries { Name = "one layer", Points = [new LayerPoint { Layer = 0, Score = new Interval { Value = 1, Low = 0, High = 1 } }] }],
    };

    /// <summary>Every figure that snapshots and layout tests draw, by the name of its approved file.</summary>
    internal static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>
    {
        ["layer-curve-flat"] = new LayerCurveFigure(Flat),
        ["layer-curve-chosen"] = new LayerCurveFigure(Chosen),
        ["layer-curve-large"] = new LayerCurveFigure(Large),
        ["layer-curve-tiny"] = new LayerCurveFigure(Tiny),
        ["cka-base"] = new CkaFigure("How alike are the layers of HuBERT-base (random weights)?", Decay(13), clips: 480, isSynthetic: true),
        ["cka-large"] = new CkaFigure("How alike are the layers?", Decay(25), clips: 480, isSynthetic: false),
        ["cka-alike"] = new CkaFigure("How alike are the layers of HuBERT-base (random weights)?", Decay(13, rate: 0.997), clips: 480, isSynthetic: true),
        ["confusion"] = new ConfusionFigure("What is each emotion taken for?", Emotions, Confusion(6), speakers: 16, isSynthetic: true),
        ["confusion-long-names"] = new ConfusionFigure("What is each emotion taken for?", LongNames, Confusion(6), speakers: 16, isSynthetic: false),
        ["class-balance"] = new ClassBalanceFigure(
            "How are the emotions balanced?", [.. Emotions.Select((emotion, index) => (emotion, 60 + 10 * index))], speakers: 16, isSynthetic: true),
        ["class-balance-skewed"] = new ClassBalanceFigure(
            "How are the emotions balanced?", [.. LongNames.Select((emotion, index) => (emotion, index == 0 ? 12345 : index))], speakers: 2, isSynthetic: false),
    };

    internal static Interval Around(double value) => new() { Value = value, Low = value - 0.04, High = value + 0.045 };

    internal static double[,] Decay(int layers, double rate = 0.7)
    {
        var values = new double[layers, layers];
        for (var row = 0; row < layers; row++)
            for (var column = 0; column < layers; column++) values[row, column] = Math.Pow(rate, Math.Abs(row - column));
        return values;
    }

    internal static int[,] Confusion(int classes)
    {
        var counts = new int[classes, classes];
        for (var row = 0; row < classes; row++)
            for (var column = 0; column < classes; column++) counts[row, column] = row == column ? 40 + row : (3 * row + 5 * column) % 11;
        return counts;
    }

    private static LayerSeries Series(string name, int layers, double level, double rise) => new()
    {
        Name = name,
        Points = [.. Enumerable.Range(0, layers).Select(layer =>
        {
            var value = level + rise * layer * (layers - 1 - layer) * 4 / ((layers - 1) * (layers - 1));
            return new LayerPoint { Layer = layer, Score = Around(value), Folds = [.. Enumerable.Range(0, 5).Select(fold => value + 0.02 * ((fold * 3 + layer) % 5 - 2))] };
        })],
    };
}
