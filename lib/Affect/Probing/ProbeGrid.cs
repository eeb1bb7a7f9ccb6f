namespace Affect.Probing;

/// <summary>Every decision of every fit: all layers × training sets × penalties.</summary>
internal sealed class ProbeGrid
{
    // Probabilities below this count as this in the log-loss, as a class that a training part lacks would otherwise cost infinitely much.
    private const double LeastProbability = 1e-15;

    private readonly Dictionary<int, int>[] places;
    private readonly Answers[][][] answers; // [layer][set][penalty]
    private int unsettled;

    private ProbeGrid(int layers, FoldPlan plan)
    {
        places = [.. plan.Scored.Select(clips => clips.Index().ToDictionary(item => item.Item, item => item.Index))];
        answers = [.. Enumerable.Range(0, layers).Select(_ => new Answers[plan.Training.Count][])];
    }

    /// <summary>How many fits did not converge.</summary>
    internal int Unsettled => unsettled;

    /// <summary>What the probe on a training set decides about a clip that it was to score.</summary>
    internal int Decision(int layer, int penalty, int set, int clip) => answers[layer][set][penalty].Decisions[places[set][clip]];

    /// <summary>The logarithm of the probability that it gives the clip's true class.</summary>
    internal double LogLikelihood(int layer, int penalty, int set, int clip) => answers[layer][set][penalty].LogLikelihoods[places[set][clip]];

    /// <param name="task">What is probed.</param>
    /// <param name="plan">The training sets.</param>
    /// <param name="probe">What is fitted to each.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="progress">Receives progress after every few fits; may be null.</param>
    /// <param name="cancel">Ends the work between two steps.</param>
    internal static ProbeGrid Solve(
        ProbeTask task, FoldPlan plan, IProbe probe, Device device, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var (sets, penalties) = (plan.Training.Count, probe.Penalties.Count);
        var grid = new ProbeGrid(task.Features.Layers, plan);
        var counter = new WorkCounter(progress, "Fitting probes", (long)task.Features.Layers * sets * penalties, "probes");
        Workers.Run(task.Features.Layers * sets, device, piece =>
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (layer, set) = (piece / sets, piece % sets);
            var (features, labels) = task.Part(plan.Training[set], layer, device);
            var (scored, truth) = task.Part(plan.Scored[set], layer, device);
            IReadOnlyList<IFittedProbe> fitted;
            using (enable_grad()) fitted = probe.FitAll(features, labels, cancel); // a probe of one's own may learn by them
            if (fitted.Count != penalties) throw new ArgumentException($"probe must fit one per penalty, {penalties}, but fits {fitted.Count}.", nameof(probe));
            grid.answers[layer][set] = [.. fitted.Select(one => Answer(one, scored, truth))];
            Interlocked.Add(ref grid.unsettled, fitted.Count(one => !one.HasSettled));
            counter.Add(penalties);
        });
        return grid;
    }

    private static Answers Answer(IFittedProbe fitted, Tensor scored, ProbeLabels truth)
    {
        using var scope = NewDisposeScope();
        var probabilities = fitted.Probabilities(scored);
        probabilities.Shape([truth.Values.Count, truth.Classes], "[clips, classes]");
        var values = probabilities.to(float64).cpu().contiguous().data<double>().ToArray();
        var logs = truth.Values.Index().Select(clip => Math.Log(Math.Max(LeastProbability, values[clip.Index * truth.Classes + clip.Item])));
        return new Answers(FittedProbes.MostProbable(probabilities), [.. logs]);
    }

    private sealed record Answers(int[] Decisions, double[] LogLikelihoods);
}
