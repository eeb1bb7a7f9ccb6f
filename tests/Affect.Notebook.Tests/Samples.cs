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
        References = [new ReferenceScore("MFCC statistics", Around(0.352))],
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
        References = [.. Flat.References, new ReferenceScore("log-mel statistics", Around(0.351))],
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

    // Three curves, a baseline and two ceilings: as much as one figure is asked to hold.
    private static LayerCurveData Full { get; } = Chosen with
    {
        Series = [.. Chosen.Series, Series("HuBERT-base, upper half re-drawn", 13, 0.33, 0.08)],
        References = [new ReferenceScore("MFCC statistics", Around(0.352))],
    };

    internal static AblationData Ablation { get; } = new()
    {
        Title = "What does each part add?",
        ComparedWith = "all layers",
        Chance = 0.165,
        Ceilings = [new ScoreLevel("ceiling of the voice", 0.712)],
        Clips = 480,
        Speakers = 16,
        IsSynthetic = true,
        Rows =
        [
            new AblationRow { Name = "all layers", Score = Around(0.52) },
            new AblationRow { Name = "only the chosen range of layers", Score = Around(0.535), Difference = new Interval { Value = 0.015, Low = -0.012, High = 0.041 } },
            new AblationRow { Name = "random weights", Score = Around(0.3), Difference = new Interval { Value = -0.22, Low = -0.26, High = -0.18 } },
            new AblationRow { Name = "MFCC", Score = Around(0.352), Difference = new Interval { Value = -0.168, Low = -0.2, High = -0.13 } },
        ],
    };

    private static float[] Chirp { get; } = [.. Enumerable.Range(0, 40_000).Select(n =>
    {
        var seconds = n / 16000.0;
        return (float)(0.6 * Math.Sin(2 * Math.PI * (200 + 1200 * seconds) * seconds) * Math.Exp(-Math.Pow(seconds - 1.2, 2)));
    })];

    private static VideoStill Still(double seconds) => new() { Seconds = seconds, Size = 96, Jpeg = [0xFF, 0xD8, 0xFF, 0xD9] };

    private static TrainingSeries Loss(string name, double from, double to, int steps) =>
        TrainingSeries.Of(name, [.. Enumerable.Range(0, steps).Select(step => to + (from - to) * Math.Exp(-4.0 * step / steps) + 0.02 * (step * 7 % 5 - 2))]);

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
        ["class-scores"] = new ClassScoreFigure(
            "Which emotions are recognised?", [.. Emotions.Select((emotion, index) => (emotion, 30 - 5 * index))],
            [new("all three", [.. Emotions.Select((_, index) => Around(0.85 - 0.1 * index))]), new("words alone", [.. Emotions.Select((_, index) => Around(0.7 - 0.12 * index))])],
            speakers: 4, isSynthetic: true),
        ["class-scores-one"] = new ClassScoreFigure(
            "Which emotions are recognised?", [.. LongNames.Select((emotion, index) => (emotion, 1 + 12345 * index))], [new("one", [.. LongNames.Select(_ => Around(0.5))])], speakers: 1, isSynthetic: false),
        ["class-balance"] = new ClassBalanceFigure(
            "How are the emotions balanced?", [.. Emotions.Select((emotion, index) => (emotion, 60 + 10 * index))], speakers: 16, isSynthetic: true),
        ["layer-curve-full"] = new LayerCurveFigure(Full),
        ["training-curve"] = new TrainingCurveFigure("Does the masked loss fall?", [Loss("masked frames, MFCC units", 3.9, 2.1, 1600), Loss("masked frames, prosody units", 3.4, 2.3, 1600)], isSynthetic: true)
        {
            Levels = [new ScoreLevel("guessing by frequency", 3.72)],
        },
        ["training-curve-log"] = new TrainingCurveFigure("Does the loss fall?", [Loss("loss", 300, 0.4, 30)], isSynthetic: false) { IsLogarithmic = true, StepName = "epoch" },
        ["ablation"] = new AblationFigure(Ablation),
        ["ablation-plain"] = new AblationFigure(Ablation with
        {
            ComparedWith = null,
            Ceilings = [],
            Rows = [.. LongNames.Select((name, index) => new AblationRow { Name = $"{name} left out of training altogether", Score = Around(0.2 + 0.1 * index) })],
        }),
        ["layer-weights"] = new LayerWeightsFigure("Which layers does a learned sum take?", Weights(13), [Weights(13, 1), Weights(13, 2), Weights(13, 3)], firstLayer: 0, isSynthetic: true),
        ["layer-weights-large"] = new LayerWeightsFigure("Which layers does a learned sum take?", Weights(25), [], firstLayer: 0, isSynthetic: false),
        ["modalities"] = ModalityFigure.OfMimic(),
        ["missing-modalities"] = new MissingModalityFigure(
            "What is left when modalities are missing?",
            ["acoustic", "visual", "lexical", "acoustic + visual", "acoustic + lexical", "visual + lexical", "acoustic + visual + lexical"],
            [new("attention", [.. new[] { 0.31, 0.42, 0.35, 0.61, 0.52, 0.58, 0.74 }.Select(Around)]), new("attention, modality dropout", [.. new[] { 0.47, 0.55, 0.5, 0.66, 0.6, 0.63, 0.73 }.Select(Around)])],
            120, 4, isSynthetic: true, ceilings: [0.79, 0.69, 0.69, 0.85, 0.84, 0.8, 0.91]),
        ["modalities-scored"] = new ModalityFigure(
            "How much does each modality add?",
            [
                new ModalityScore { Modalities = Modalities.Acoustic, Ceiling = 0.712, Score = Around(0.52) },
                new ModalityScore { Modalities = Modalities.Lexical, Score = Around(0.3) },
                new ModalityScore { Modalities = Modalities.All, Ceiling = 0.9, Score = Around(0.71) },
            ],
            chance: 0.165, isSynthetic: true),
        ["waveform"] = new WaveformFigure("What does a falling and rising tone look like?", Chirp, 16000, isSynthetic: true),
        ["face-strip"] = new FaceStripFigure("What does the face do?", [.. Enumerable.Range(0, 8).Select(index => Still(0.25 + 0.5 * index))], isSynthetic: true),
        ["face-strip-one"] = new FaceStripFigure("What does the face do?", [Still(0)], isSynthetic: false),
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

    private static double[] Weights(int layers, int seed = 0)
    {
        var raw = Enumerable.Range(0, layers).Select(layer => 1 + Math.Exp(-Math.Pow((layer - 0.6 * layers) / 3, 2)) + 0.1 * ((layer * 7 + seed * 3) % 5)).ToArray();
        return [.. raw.Select(weight => weight / raw.Sum())];
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
