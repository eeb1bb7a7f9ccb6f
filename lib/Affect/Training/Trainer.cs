namespace Affect.Training;

/// <summary>
/// Trains a task: batches in a seeded order, warm-up and schedule, clipping, validation after every epoch, the best epoch's weights kept, early ending,
/// records, and states from which an interrupted run goes on to the very weights of an unbroken one (on the CPU, bit for bit).
/// </summary>
/// <param name="config">How.</param>
public sealed class Trainer(TrainerConfig config)
{
    /// <summary>Trains; afterwards the task's parameters hold the kept weights and the task is set to evaluation.</summary>
    /// <param name="task">What to train.</param>
    /// <param name="runFolder">Where record and state are kept; a run that was interrupted there goes on, one that was finished is taken as it is. Null: nowhere.</param>
    /// <param name="progress">Receives progress after every step; may be null.</param>
    /// <param name="cancel">Ends the work after a step; with a run folder, nothing is lost.</param>
    /// <exception cref="ArgumentException">The task has nothing to train or to learn from.</exception>
    /// <exception cref="FormatException">The folder holds another training, or its state is damaged.</exception>
    /// <exception cref="InvalidOperationException">The loss or its gradient is no finite number.</exception>
    /// <exception cref="IOException">Another process is using the run folder.</exception>
    public TrainingResult Run(ITrainingTask task, string? runFolder = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(task);
        Check(task);
        using var log = runFolder is null ? null : RunLog.Open(runFolder);
        using var events = log is not null && config.TensorBoard ? TensorBoard.EventWriter.Create(log.Folder) : null;
        using var state = new TrainerState(task, config, log);
        state.Load();
        var (resumed, steps, stepsPerEpoch) = (state.Now.Step, config.StepsFor(task.Items), config.StepsPerEpoch(task.Items));
        if (resumed == 0) log?.Start(task.Name, new { Trainer = config, task.Recipe, task.Items, state.TrainedWeights });
        else if (!state.Now.IsFinished) log?.Write("resume", new { Step = resumed });
        try
        {
            task.SetTraining(true);
            while (!state.Now.IsFinished)
            {
                var epoch = state.Now.Step / stepsPerEpoch + 1;
                foreach (var batch in BatchOrder.Of(task, config, epoch).Skip(state.Now.Step % stepsPerEpoch))
                {
                    cancel.ThrowIfCancellationRequested();
                    var done = Step(task, state, batch, state.Now.Step + 1, epoch);
                    state.Add(done, batch.Length);
                    log?.Write("step", done);
                    events?.Write(done.Step, [new("loss", done.Loss), .. done.Parts, new("gradient_norm", done.GradientNorm), new("rate", done.Rate)]);
                    progress?.Report(new WorkProgress(task.Name, done.Step, steps, "steps", resumed) { Detail = Describe(done.Loss, state.Now) });
                    if (done.Step % stepsPerEpoch != 0 && (state.IsDue || cancel.IsCancellationRequested)) state.Save();
                }
                var record = EndEpoch(task, state, epoch);
                log?.Write("epoch", record);
                events?.Write(record.Steps, [new("epoch/loss", record.Loss), .. record.Metrics.Select(metric => KeyValuePair.Create($"epoch/{metric.Key}", metric.Value))]);
                if (state.Now.IsFinished) log?.Write("end", new { state.Now.BestEpoch, state.Now.StoppedEarly, record.Steps, state.Now.Best.Metrics });
                // Short trainings by the hundred would do little else than write to disk.
                if (state.Now.IsFinished || config.SaveEvery > 0 || state.IsDue || cancel.IsCancellationRequested) state.Save();
            }
            state.Restore();
            return new TrainingResult
            {
                Epochs = state.Now.Epochs,
                BestEpoch = state.Now.BestEpoch,
                Steps = state.Now.Step,
                TrainedWeights = state.TrainedWeights,
                StoppedEarly = state.Now.StoppedEarly,
            };
        }
        finally
        {
            task.SetTraining(false);
        }
    }

    // One step: the batch's gradient, clipped, then followed as far as the schedule says.
    private StepRecord Step(ITrainingTask task, TrainerState state, int[] batch, int step, int epoch)
    {
        foreach (var parameter in state.Parameters) parameter.Tensor.grad = null;
        var (loss, parts) = Backward(task, state, batch, step, epoch);
        var norm = Guarded.ClipGradients(state.Parameters.Select(parameter => parameter.Tensor), config.ClipNorm > 0 ? config.ClipNorm : null);
        if (!double.IsFinite(loss) || !double.IsFinite(norm)) throw Diverged(task, batch, step, loss, norm);
        var rate = config.RateAt(step, config.StepsFor(task.Items));
        state.Optimizer.Step(rate);
        return new StepRecord { Step = step, Epoch = epoch, Loss = loss, Parts = parts, GradientNorm = norm, Rate = rate };
    }

    // Leaves the batch's gradient in the parameters. The batch is cut into pieces, whose gradients are added in proportion to their items.
    private (double Loss, SortedDictionary<string, double> Parts) Backward(ITrainingTask task, TrainerState state, int[] batch, int step, int epoch)
    {
        Tensor[] parameters = [.. state.Parameters.Select(parameter => parameter.Tensor)];
        var device = parameters[0].device;
        var pieces = new Piece[Math.Min(config.Pieces, batch.Length)];
        if (pieces.Length == 1 || task.DrawsFromTorch)
        {
            // One after another, the gradients add up in the parameters by themselves.
            for (var piece = 0; piece < pieces.Length; piece++) pieces[piece] = Learn(piece, loss => { loss.backward(); return []; });
        }
        else
        {
            // One per core, they are asked for, so that two cores do not write to one place, and added in one order, so that the sum is always the same.
            Workers.Run(pieces.Length, device, piece => pieces[piece] = Learn(piece, loss => [.. loss.Gradients(parameters).Select(gradient => gradient.DetachFromDisposeScope())]));
            using var noGrad = no_grad();
            foreach (var (number, parameter) in parameters.Index())
            {
                var sum = pieces[0].Gradients[number];
                foreach (var piece in pieces.Skip(1)) sum.add_(piece.Gradients[number]);
                parameter.grad = sum;
                foreach (var piece in pieces) piece.Gradients[number].Dispose();
            }
        }
        var parts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var piece in pieces)
            foreach (var (name, value) in piece.Parts) parts[name] = parts.GetValueOrDefault(name) + piece.Share * value;
        return (pieces.Sum(piece => piece.Share * piece.Loss), parts);

        Piece Learn(int piece, Func<Tensor, Tensor[]> differentiate)
        {
            var (first, end) = (batch.Length * piece / pieces.Length, batch.Length * (piece + 1) / pieces.Length);
            using var recording = enable_grad();
            using var scope = NewDisposeScope();
            var chance = new SeededRandom(config.Seed, FormattableString.Invariant($"training step {step} piece {piece}"));
            var seed = new SeededRandom(config.Seed, FormattableString.Invariant($"dropout of training step {step} piece {piece}")).NextBits() >> 1;
            using var dropout = SeededDropout.Seed(seed);
            // The one place, beside tests, where libtorch's own generator is seeded: dropout on an accelerator has no other.
            if (task.DrawsFromTorch || device.type != DeviceType.CPU) random.manual_seed((long)seed);
            var result = task.Loss(batch[first..end], new TrainingStep { Number = step, Epoch = epoch, First = first, Random = chance });
            var share = (double)(end - first) / batch.Length;
            return new Piece(share, result.Loss.ToDouble(), result.Parts, differentiate(result.Loss * share));
        }
    }

    // Validation, and whether this epoch is the best one so far and the last one.
    private EpochRecord EndEpoch(ITrainingTask task, TrainerState state, int epoch)
    {
        task.SetTraining(false);
        IReadOnlyDictionary<string, double>? metrics;
        using (no_grad())
        using (NewDisposeScope()) metrics = task.Validate();
        task.SetTraining(true);
        var record = state.EndEpoch(epoch, task.Items, metrics ?? ReadOnlyDictionary<string, double>.Empty);
        if (IsBetter(task, state.Now, record)) state.Keep(epoch);
        var isOutOfPatience = config.Patience > 0 && epoch - state.Now.BestEpoch >= config.Patience;
        if (isOutOfPatience || epoch == config.Epochs) state.End(isEarly: epoch < config.Epochs);
        return record;
    }

    private bool IsBetter(ITrainingTask task, TrainerState.Numbers now, EpochRecord record)
    {
        if (config.Criterion is not { } criterion || record.Metrics.Count == 0) return true;
        if (!record.Metrics.TryGetValue(criterion, out var value))
            throw new InvalidOperationException($"Criterion must be one of what '{task.Name}' measures ({string.Join(", ", record.Metrics.Keys)}), but is '{criterion}'.");
        return now.BestEpoch == 0 || value > now.Best.Metrics[criterion];
    }

    private string Describe(double loss, TrainerState.Numbers now)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.000}");
        if (config.Criterion is not { } criterion || now.Epochs.Count == 0 || !now.Epochs[^1].Metrics.TryGetValue(criterion, out var last)) return text;
        return text + string.Create(CultureInfo.InvariantCulture, $", {criterion} {last:0.000}, best {now.Best.Metrics[criterion]:0.000}");
    }

    private static void Check(ITrainingTask task)
    {
        if (task.Parameters.Count == 0) throw new ArgumentException($"'{task.Name}' must have parameters to train, but has none.", nameof(task));
        if (task.Items == 0) throw new ArgumentException($"'{task.Name}' must have items to learn from, but has none.", nameof(task));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in task.Parameters)
        {
            if (!names.Add(parameter.Name)) throw new ArgumentException($"The parameters of '{task.Name}' must have names of their own, but '{parameter.Name}' is there twice.", nameof(task));
            if (!parameter.Tensor.requires_grad) throw new ArgumentException($"Parameter '{parameter.Name}' of '{task.Name}' must require gradients, but is frozen.", nameof(task));
        }
    }

    private InvalidOperationException Diverged(ITrainingTask task, int[] batch, int step, double loss, double norm) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Step {step} of '{task.Name}' gave a loss of {loss} and a gradient of length {norm} on {string.Join(", ", batch.Take(8).Select(task.ItemName))}{(batch.Length > 8 ? $" and {batch.Length - 8} more" : "")}: "
        + $"look at these for numbers that are not finite, or lower the learning rate of {config.LearningRate}."));

    private sealed record Piece(double Share, double Loss, IReadOnlyDictionary<string, double> Parts, Tensor[] Gradients);
}
