namespace Affect.Tests.Figures;

/// <summary>What cannot be drawn, and what is said of it.</summary>
public sealed class RefusedTests
{
    private static readonly Interval NoNumber = new() { Value = double.NaN, Low = 0, High = 1 };

    private static readonly Dictionary<string, Func<Figure>> Refused = new()
    {
        ["An ablation needs at least one variant, but got none."] = () => new AblationFigure(Samples.Ablation with { Rows = [] }),
        ["Variant \"a\" must have a finite score with low at most high, but has NaN [0, 1]."] = () =>
            new AblationFigure(Samples.Ablation with { Rows = [new() { Name = "a", Score = NoNumber }] }),
        ["variants must not be empty."] = () =>
            AblationFigure.Of(("plain", []), (IReadOnlyList<(string, IReadOnlyList<Decisions>)>)[], isSynthetic: false),
        ["weights must be at least 0 and sum to 1, but 2 weights sum to 1.4."] = () =>
            new LayerWeightsFigure("t", [0.7, 0.7], [], 0, isSynthetic: false),
        ["Row \"acoustic + visual + lexical\" must have a ceiling or a score, but has neither."] = () =>
            new ModalityFigure("t", [new() { Modalities = Modalities.All }], 0.2, isSynthetic: false),
        ["waveform must have at least 400 samples (25 ms), but has 399."] = () => new WaveformFigure("t", new float[399], 16000, isSynthetic: false),
        ["Clip 'c1' has no pictures."] = () => FaceStripFigure.Of(new Clip { Id = "c1", Speaker = "s1", AudioPath = "x.wav" }, isSynthetic: false),
        ["curve must hold the similarity"] = () => new CkaFigure(LayerCurves.Small() with { Similarity = null }),
        ["curves must not be empty"] = () => new LayerCurveFigure([], reference: null),
        ["values must lie between 0 and 1, but layers 0 and 1 have 1.2."] = () =>
            new CkaFigure("How alike?", new[,] { { 1, 1.2 }, { 1.2, 1 } }, clips: 20, isSynthetic: false),
        ["values must be [layers, layers], but was [2, 3]."] = () => new CkaFigure("How alike?", new double[2, 3], clips: 20, isSynthetic: false),
        ["counts must be [true, predicted] = [1, 1], but was [2, 2]."] = () =>
            new ConfusionFigure("Taken for?", ["sad"], new int[2, 2], speakers: 2, isSynthetic: false),
        ["counts must hold at least one clip, but holds none."] = () =>
            new ClassBalanceFigure("Balance?", [("sad", 0)], speakers: 2, isSynthetic: false),
        ["Series \"a\" must list its layers in rising order, but 0 follows 1."] = () => Curve(new LayerSeries { Name = "a", Points = [Point(1), Point(0)] }),
        ["Series \"a\", layer 0 must have a finite score with low at most high, but has NaN [0, 1]."] = () =>
            Curve(new LayerSeries { Name = "a", Points = [new() { Layer = 0, Score = NoNumber }] }),
        ["A layer curve needs at least one series, but got none."] = () => Curve(),
        ["Series \"s\" must list its steps in rising order, but 1 follows 1."] = () => Training([1, 1], [2, 3]),
        ["Series \"s\" must hold numbers only, but has NaN at step 2."] = () => Training([1, 2], [2, double.NaN]),
        ["Series \"s\" must have a value per step and at least one, but has 2 values at 1 steps."] = () => Training([1], [2, 3]),
        ["Values must be above zero on a logarithmic axis, but one is not."] = () =>
            new TrainingCurveFigure("t", [TrainingSeries.Of("s", [1, 0])], isSynthetic: false) { IsLogarithmic = true },
    };

    public static TheoryData<string> Messages => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_cannot_be_drawn_is_refused(string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Refused[message]()).Message, StringComparison.Ordinal);

    private static LayerCurveFigure Curve(params LayerSeries[] series) => new(Samples.Flat with { Series = series });

    private static LayerPoint Point(int layer) => new() { Layer = layer, Score = new Interval { Value = 0.5, Low = 0, High = 1 } };

    private static TrainingCurveFigure Training(double[] steps, double[] values) =>
        new("t", [new() { Name = "s", Steps = steps, Values = values }], isSynthetic: false);
}
