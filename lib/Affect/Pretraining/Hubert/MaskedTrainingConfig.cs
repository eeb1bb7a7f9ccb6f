namespace Affect.Pretraining.Hubert;

/// <summary>How a network learns to name the units of hidden frames.</summary>
/// <remarks>Hsu et al., arXiv:2106.07447, section IV.C, scaled to minutes on two cores: smaller batches, higher rates, shorter clips.</remarks>
public sealed record MaskedTrainingConfig
{
    /// <summary>Steps per iteration.</summary>
    public int Steps { get; init => field = Require.AtLeast(1, value); } = 3000;

    /// <summary>Clips per step.</summary>
    public int BatchClips { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>In how many pieces a batch is learned from, each on a core of its own; the result does not depend on how many cores there are.</summary>
    public int Pieces { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>The stretch of each clip, seconds.</summary>
    public double CropSeconds { get; init => field = Require.Between(0.2, 60, value); } = 2;

    /// <summary>Hidden spans per clip; they may overlap.</summary>
    public int Spans { get; init => field = Require.AtLeast(1, value); } = 5;

    /// <summary>Frames per span, 20 ms each.</summary>
    public int SpanFrames { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>β, the weight of the frames that are not hidden.</summary>
    public double UnmaskedWeight { get; init => field = Require.Between(0, 10, value); } = 0.5;

    /// <summary>τ, by which cosines are divided.</summary>
    public double Temperature { get; init => field = Require.Between(0.001, 10, value); } = 0.1;

    /// <summary>The size of the units' embeddings.</summary>
    public int EmbeddingSize { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>The highest learning rate.</summary>
    public double PeakRate { get; init => field = Require.Between(0, 1, value); } = 1.5e-3;

    /// <summary>Steps over which the rate rises to the peak; then it falls in a straight line to 0.</summary>
    public int WarmUpSteps { get; init => field = Require.AtLeast(0, value); } = 150;

    /// <summary>AdamW's β₁.</summary>
    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    /// <summary>AdamW's β₂.</summary>
    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.98;

    /// <summary>AdamW's weight decay.</summary>
    public double WeightDecay { get; init => field = Require.Between(0, 1, value); } = 0.01;

    /// <summary>The longest a step's gradient may be.</summary>
    public double ClipNorm { get; init => field = Require.Between(0.001, 1000, value); } = 1;

    /// <summary>Steps between two saves of everything that an interrupted run needs.</summary>
    public int SaveEvery { get; init => field = Require.AtLeast(1, value); } = 250;

    internal TrainerConfig ForTrainer(int seed) => new()
    {
        Epochs = 1,
        BatchSize = BatchClips,
        Pieces = Pieces,
        LearningRate = PeakRate * Math.Min(1, (double)Steps / WarmUpSteps), // a warm-up that is longer than the training does not reach the peak
        WarmupShare = Math.Min(1, (double)WarmUpSteps / Steps),
        Schedule = ScheduleKind.PolynomialDecay,
        Beta1 = Beta1,
        Beta2 = Beta2,
        WeightDecay = WeightDecay,
        ClipNorm = ClipNorm,
        Criterion = null,
        Seed = seed,
        SaveEvery = SaveEvery,
    };
}
