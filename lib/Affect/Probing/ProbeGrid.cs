namespace Affect.Probing;

/// <summary>Every decision of every probe: all layers × training sets × values of C, solved in batches.</summary>
internal sealed class ProbeGrid
{
    // How much the designs of one batch may take: on a processor what its caches hold, on an accelerator what keeps it busy.
    private const long BatchBytesOnProcessor = 8L << 20;
    private const long BatchBytesOnAccelerator = 2L << 30;

    private readonly Lock gate = new();
    private readonly Dictionary<int, int>[] places;
    private readonly int[][][][] decisions;        // [layer][penalty][set][place]
    private readonly float[][][][] logLikelihoods; // the same: log p(true class)

    private ProbeGrid(int layers, int penalties, FoldPlan plan)
    {
        places = [.. plan.Scored.Select(clips => clips.Select((clip, place) => (clip, place)).ToDictionary(pair => pair.clip, pair => pair.place))];
        T[][][][] Room<T>() => [.. Enumerable.Range(0, layers).Select(_ => Enumerable.Range(0, penalties).Select(_ => new T[plan.Training.Count][]).ToArray())];
        decisions = Room<int>();
        logLikelihoods = Room<float>();
    }

    /// <summary>How many probes had not settled after the solver's last step.</summary>
    internal int Unsettled { get; private set; }

    /// <summary>What the probe on a training set decides about a clip that it was to score.</summary>
    internal int Decision(int layer, int penalty, int set, int clip) => decisions[layer][penalty][set][places[set][clip]];

    /// <summary>The logarithm of the probability that it gives the clip's true class.</summary>
    internal double LogLikelihood(int layer, int penalty, int set, int clip) => logLikelihoods[layer][penalty][set][places[set][clip]];

    /// <param name="task">What is probed.</param>
    /// <param name="features">The task's features after any normalisation, <c>[clips, layers, dims]</c>, row-major.</param>
    /// <param name="plan">The training sets.</param>
    /// <param name="penalties">The values of C, ascending.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="progress">Counts probes.</param>
    /// <param name="cancel">Ends the work between two steps of the solver.</param>
    internal static ProbeGrid Solve(
        ProbeTask task, float[] features, FoldPlan plan, IReadOnlyList<double> penalties, Device device, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var (layers, dims, sets) = (task.Features.Layers, task.Features.Dims, plan.Training.Count);
        var grid = new ProbeGrid(layers, penalties.Count, plan);
        using var scope = NewDisposeScope();
        // Clip c's layer l is row c * layers + l.
        var rows = tensor(features, new long[] { (long)task.Features.ClipIds.Count * layers, dims }).to(device);
        var mostRows = plan.Training.Max(clips => clips.Length);
        var bytes = (long)mostRows * (Math.Min(mostRows, dims) + 1) * sizeof(float);
        var batch = (int)Math.Max(1, (device.type == DeviceType.CPU ? BatchBytesOnProcessor : BatchBytesOnAccelerator) / bytes);
        var problems = Enumerable.Range(0, layers).SelectMany(layer => Enumerable.Range(0, sets).Select(set => (Layer: layer, Set: set))).ToArray();
        var chunks = problems.Chunk(batch).ToArray();
        long done = 0;
        Workers.Run(chunks.Length, device, piece =>
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var chunk = chunks[piece];
            var index = new RowIndex(task, plan, chunk, layers);
            var mask = index.Mask.to(device);
            var design = FoldDesign.Of(rows, index.Training.to(device), mask, index.Scored.to(device));
            var regressions = new LogisticBatch(design, index.TrainingLabels.to(device), mask, task.Emotions.Count);
            var scoredLabels = index.ScoredLabels.to(device).unsqueeze(1);
            var weights = regressions.Start();
            for (var penalty = 0; penalty < penalties.Count; penalty++)
            {
                using var step = NewDisposeScope();
                // From strong to weak: each solution is a good start for the next.
                var fitted = regressions.Fit(penalties[penalty], weights, cancel);
                var logProbabilities = regressions.LogProbabilities(fitted);
                grid.Store(chunk, penalty, plan, logProbabilities.argmax(1), logProbabilities.gather(1, scoredLabels).squeeze(1));
                weights.Dispose();
                weights = fitted.MoveToOuterDisposeScope();
                lock (grid.gate)
                {
                    done += chunk.Length;
                    progress?.Report(new WorkProgress("Fitting probes", done, (long)problems.Length * penalties.Count, "probes"));
                }
            }
            lock (grid.gate) grid.Unsettled += regressions.Unsettled;
        });
        return grid;
    }

    private void Store((int Layer, int Set)[] chunk, int penalty, FoldPlan plan, Tensor decided, Tensor likelihoods)
    {
        var width = (int)decided.shape[1];
        var classes = decided.cpu().data<long>().ToArray();
        var logs = likelihoods.cpu().contiguous().data<float>().ToArray();
        for (var i = 0; i < chunk.Length; i++)
        {
            var count = plan.Scored[chunk[i].Set].Length;
            decisions[chunk[i].Layer][penalty][chunk[i].Set] = [.. classes.Skip(i * width).Take(count).Select(value => (int)value)];
            logLikelihoods[chunk[i].Layer][penalty][chunk[i].Set] = logs.AsSpan(i * width, count).ToArray();
        }
    }
}
