namespace Affect.Training;

/// <summary>How <see cref="Trainer"/> trains.</summary>
public sealed record TrainerConfig
{
    /// <summary>How often every item is learned from; at least 1.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 20;

    /// <summary>How many items a step learns from; at least 1. An epoch's last batch may be smaller.</summary>
    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>
    /// Into how many pieces a batch is cut, their gradients added: gradient accumulation, and on the CPU one piece per core. At least 1; a loss that
    /// compares items with each other (contrastive) must see its batch whole. Does not depend on the number of cores.
    /// </summary>
    public int Pieces { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>The highest learning rate, above 0.</summary>
    public double LearningRate { get; init => field = Require.Between(1e-12, 1e3, value); } = 1e-3;

    /// <summary>The pull of weights towards 0; at least 0.</summary>
    public double WeightDecay { get; init => field = Require.AtLeast(0.0, value); } = 0.01;

    /// <summary>How gradients become steps.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    /// <summary>β₁ of Adam and AdamW, by which the mean gradient fades with every step; 0…1.</summary>
    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    /// <summary>β₂ of Adam and AdamW, by which the mean squared gradient fades with every step; 0…1.</summary>
    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.999;

    /// <summary>How the rate goes on after the warm-up.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>The share of all steps in which the rate rises from 0 in a straight line; 0…1.</summary>
    public double WarmupShare { get; init => field = Require.Between(0.0, 1.0, value); } = 0.1;

    /// <summary>The greatest length of the gradient of all parameters together; 0: any.</summary>
    public double ClipNorm { get; init => field = Require.AtLeast(0.0, value); } = 1;

    /// <summary>How classes of unlike size are treated.</summary>
    public ClassBalance Balance { get; init; } = ClassBalance.None;

    /// <summary>The score of the task's validation that decides which epoch's weights are kept; null: the last epoch's are.</summary>
    public string? Criterion { get; init; } = "waf";

    /// <summary>Training ends after so many epochs without a better score; 0: never early.</summary>
    public int Patience { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Decides the order of items, dropout, and what the task draws.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The state is saved after so many steps; 0: about every ten seconds, more seldom where saving takes long. Has no influence on what is learned.</summary>
    public int SaveEvery { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Whether the run folder also gets an event file for TensorBoard. Has no influence on what is learned.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>How many steps training of so many items takes in all, unless it ends early.</summary>
    public int StepsFor(int items) => checked(Epochs * StepsPerEpoch(items));

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="steps">Of how many.</param>
    public double RateAt(int step, int steps)
    {
        var warmup = (int)Math.Round(WarmupShare * steps);
        if (step <= warmup) return LearningRate * step / warmup;
        var past = (double)(step - warmup - 1) / Math.Max(1, steps - warmup);
        return LearningRate * Schedule switch
        {
            ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * past)),
            ScheduleKind.Linear => 1 - past,
            ScheduleKind.PolynomialDecay => (double)(steps + 1 - step) / (steps + 1 - warmup),
            _ => 1,
        };
    }

    internal int StepsPerEpoch(int items) => (items + BatchSize - 1) / BatchSize;
}
