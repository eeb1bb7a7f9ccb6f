namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One schedule after another.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;
                    private readonly int[] milestones;

                    /// <param name="milestones">The epochs at which the second, third … schedule begins; each starts from its own beginning.</param>
                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        (this.schedulers, this.milestones) = ([.. schedulers], [.. milestones]);
                        if (this.schedulers.Any(scheduler => !ReferenceEquals(scheduler.Optimizer, optimizer)))
                            throw new ArgumentException("All schedules must belong to the optimizer.", nameof(schedulers));
                        if (this.milestones.Length != this.schedulers.Length - 1)
                            throw new ArgumentException($"{this.schedulers.Length} schedules need one milestone fewer, but got {this.milestones.Length}.", nameof(milestones));
                        // Every schedule has taken its first step already, when it was made: back to the start, where the first one begins.
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in this.schedulers) scheduler.LastEpoch--;
                        this.schedulers[0].InitialStep();
                        LastRates = this.schedulers[0].LastRates;
                    }

                    public override void step(int? epoch)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        var index = milestones.Count(milestone => milestone <= LastEpoch);
                        if (index > 0 && milestones[index - 1] == LastEpoch) schedulers[index].step((int?)0);
                        else schedulers[index].step();
                        LastRates = schedulers[index].LastRates;
                    }
                }

                /// <summary>Lowers the rate when a measurement has stopped getting better.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool isMaximized;
                    private readonly bool isRelative;
                    private readonly double factor;
                    private readonly int patience;
                    private readonly double threshold;
                    private readonly int cooldown;
                    private readonly double[] lowest;
                    private readonly double eps;
                    private double best;
                    private int badEpochs;
                    private int cooling;

                    /// <param name="mode"><c>min</c> or <c>max</c>: which way is better.</param>
                    /// <param name="patience">How many epochs without progress are forgiven.</param>
                    /// <param name="threshold_mode"><c>rel</c> or <c>abs</c>: what counts as progress.</param>
                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel",
                        int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) : base(optimizer, last_epoch: 0, verbose)
                    {
                        if (factor is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "factor must be at least 0 and below 1.");
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode must be min or max, but was {mode}.", nameof(mode));
                        if (threshold_mode is not ("rel" or "abs")) throw new ArgumentException($"threshold_mode must be rel or abs, but was {threshold_mode}.", nameof(threshold_mode));
                        if (min_lr is not (null or { Count: 1 }) && min_lr.Count != Groups.Count)
                            throw new ArgumentException($"min_lr must have 1 or {Groups.Count} entries, but has {min_lr.Count}.", nameof(min_lr));
                        (isMaximized, isRelative) = (mode == "max", threshold_mode == "rel");
                        (this.factor, this.patience, this.threshold, this.cooldown, this.eps) = (factor, patience, threshold, cooldown, eps);
                        lowest = [.. Groups.Select((_, i) => min_lr is null ? 0 : min_lr[min_lr.Count == 1 ? 0 : i])];
                        best = isMaximized ? double.NegativeInfinity : double.PositiveInfinity;
                    }

                    public override void step(int? epoch) => throw new InvalidOperationException("step needs the measurement to watch.");

                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        if (IsBetter(current)) (best, badEpochs) = (current, 0);
                        else badEpochs++;
                        if (cooling > 0)
                        {
                            cooling--;
                            badEpochs = 0;
                        }
                        if (badEpochs > patience)
                        {
                            Apply([.. Rates.Select((rate, i) => rate - Math.Max(rate * factor, lowest[i]) > eps ? Math.Max(rate * factor, lowest[i]) : rate)]);
                            (cooling, badEpochs) = (cooldown, 0);
                        }
                        LastRates = Rates;
                    }

                    private bool IsBetter(double current) => (isMaximized, isRelative) switch
                    {
                        (false, true) => current < best * (1 - threshold),
                        (false, false) => current < best - threshold,
                        (true, true) => current > best * (1 + threshold),
                        (true, false) => current > best + threshold,
                    };
                }
            }
        }
    }
}
