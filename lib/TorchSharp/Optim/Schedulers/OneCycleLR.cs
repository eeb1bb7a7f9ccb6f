namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to a largest rate, then down to almost nothing, while the momentum goes the other way.</summary>
                /// <remarks>Smith and Topin, arXiv:1708.07120.</remarks>
                public class OneCycleLR : LRScheduler
                {
                    private readonly int steps;
                    private readonly (double End, Func<int, double> From, Func<int, double> To, bool FallsMomentum, bool RisesMomentum)[] phases;
                    private readonly AnnealStrategy strategy;
                    private readonly (double Base, double Max)? momentum;

                    /// <summary>The shape of a rise or fall.</summary>
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                        double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        steps = total_steps > 0 ? total_steps : epochs * steps_per_epoch;
                        if (total_steps <= 0 && (epochs <= 0 || steps_per_epoch <= 0))
                            throw new ArgumentException("Either total_steps, or epochs and steps_per_epoch, must be given and positive.", nameof(total_steps));
                        if (pct_start is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(pct_start), pct_start, "pct_start must be in 0..1.");
                        var highest = max_lr.ToArray();
                        if (highest.Length == 1) highest = [.. Groups.Select(_ => highest[0])];
                        if (highest.Length != Groups.Count) throw new ArgumentException($"max_lr must have 1 or {Groups.Count} entries, but has {highest.Length}.", nameof(max_lr));
                        strategy = anneal_strategy;
                        double First(int i) => highest[i] / div_factor;
                        double Most(int i) => highest[i];
                        double Least(int i) => highest[i] / div_factor / final_div_factor;
                        phases = three_phase
                            ? [((pct_start * steps) - 1, First, Most, true, false), ((2 * pct_start * steps) - 2, Most, First, false, true), (steps - 1, First, Least, false, false)]
                            : [((pct_start * steps) - 1, First, Most, true, false), (steps - 1, Most, Least, false, true)];
                        if (cycle_momentum)
                        {
                            if (Groups.Any(group => group is not (IMomentum or IBetas)))
                                throw new ArgumentException("The optimizer must have momentum or betas, or cycle_momentum be false.", nameof(optimizer));
                            momentum = (base_momentum, max_momentum);
                        }
                        if (last_epoch == -1)
                            for (var i = 0; i < Groups.Count; i++) Groups[i].InitialLearningRate = First(i);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch > steps) throw new InvalidOperationException($"The schedule has {steps} steps, but step {LastEpoch + 1} was asked for.");
                        var start = 0.0;
                        var index = 0;
                        while (index < phases.Length - 1 && LastEpoch > phases[index].End) start = phases[index++].End;
                        var phase = phases[index];
                        var share = (LastEpoch - start) / (phase.End - start);
                        if (momentum is var (least, most))
                        {
                            var (from, to) = phase.FallsMomentum ? (most, least) : phase.RisesMomentum ? (least, most) : (most, most);
                            SetMomentum(Anneal(from, to, share));
                        }
                        return Groups.Select((_, i) => Anneal(phase.From(i), phase.To(i), share)).ToArray();
                    }

                    private double Anneal(double from, double to, double share) =>
                        strategy == AnnealStrategy.Linear ? ((to - from) * share) + from : to + ((from - to) / 2.0 * (Math.Cos(Math.PI * share) + 1));

                    private void SetMomentum(double value)
                    {
                        foreach (var group in Groups)
                        {
                            if (group is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                            else ((IMomentum)group).Momentum = value;
                        }
                    }
                }
            }
        }
    }
}
