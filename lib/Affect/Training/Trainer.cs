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
    /// <param name="progress">Told after every step.</param>
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
        using var run = new Running(task, config, log, events);
        try
        {
            return run.Go(progress, cancel);
        }
        finally
        {
            task.SetTraining(false);
        }
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

    /// <summary>One training under way.</summary>
    private sealed class Running : IDisposable
    {
        private const double SaveSeconds = 10;
        private const double SaveShare = 0.05;

        private readonly ITrainingTask task;
        private readonly TrainerConfig config;
        private readonly RunLog? log;
        private readonly TensorBoard.EventWriter? events;
        private readonly TrainerState? state;
        private readonly StepOptimizer optimizer;
        private readonly BatchGradient gradient;
        private readonly Parameter[] parameters;
        private readonly List<EpochRecord> epochs = [];
        private readonly Stopwatch clock = new();
        private readonly Stopwatch sinceSaved = Stopwatch.StartNew();
        private TimeSpan saving;
        private Dictionary<string, Tensor> best = [];
        private SortedDictionary<string, double> partSums = new(StringComparer.Ordinal);
        private int step;
        private int bestEpoch;
        private double lossSum;
        private double secondsBefore;
        private bool isFinished;
        private bool stoppedEarly;

        internal Running(ITrainingTask task, TrainerConfig config, RunLog? log, TensorBoard.EventWriter? events)
        {
            (this.task, this.config, this.log, this.events) = (task, config, log, events);
            parameters = [.. task.Parameters.Select(parameter => parameter.Tensor)];
            optimizer = new StepOptimizer(task.Parameters, config);
            gradient = new BatchGradient(task, config);
            // What has no influence on the weights may differ between the runs that share a state.
            var recipe = $"{config with { SaveEvery = 0, TensorBoard = false }}\n{task.Name}\n{task.Recipe}\n{task.Items} items";
            state = log is null ? null : new TrainerState(log.Folder, recipe, task.Parameters);
        }

        private int Steps => config.StepsFor(task.Items);

        private int StepsPerEpoch => config.StepsPerEpoch(task.Items);

        public void Dispose()
        {
            optimizer.Dispose();
            foreach (var tensor in best.Values) tensor.Dispose();
            foreach (var parameter in parameters) parameter.grad = null;
        }

        internal TrainingResult Go(IProgress<WorkProgress>? progress, CancellationToken cancel)
        {
            Begin();
            var resumed = step;
            task.SetTraining(true);
            while (!isFinished)
            {
                cancel.ThrowIfCancellationRequested();
                clock.Restart();
                var epoch = step / StepsPerEpoch + 1;
                var batches = BatchOrder.Of(task, config, epoch);
                for (var batch = step % StepsPerEpoch; batch < batches.Length; batch++)
                {
                    var loss = Step(batches[batch], epoch);
                    progress?.Report(new WorkProgress(task.Name, step, Steps, "steps", resumed) { Detail = Describe(loss) });
                    var isDue = config.SaveEvery > 0 ? step % config.SaveEvery == 0 : IsLongSinceSaved;
                    if (batch + 1 < batches.Length && (isDue || cancel.IsCancellationRequested)) Save();
                    if (batch + 1 < batches.Length) cancel.ThrowIfCancellationRequested();
                }
                EndEpoch(epoch);
                // Short trainings by the hundred would do little else than write to disk.
                if (isFinished || config.SaveEvery > 0 || cancel.IsCancellationRequested || IsLongSinceSaved) Save();
            }
            using (no_grad())
                foreach (var parameter in task.Parameters) parameter.Tensor.copy_(best[parameter.Name]);
            return new TrainingResult
            {
                Epochs = [.. epochs],
                BestEpoch = bestEpoch,
                Steps = step,
                TrainedWeights = parameters.Sum(parameter => parameter.numel()),
                StoppedEarly = stoppedEarly,
            };
        }

        private void Begin()
        {
            if (state?.Load(optimizer) is { } saved)
            {
                var standing = saved.Standing;
                (step, bestEpoch, isFinished, stoppedEarly, lossSum, secondsBefore) =
                    (standing.Step, standing.BestEpoch, standing.Finished, standing.StoppedEarly, standing.Loss, standing.Seconds);
                partSums = new SortedDictionary<string, double>(standing.Parts, StringComparer.Ordinal);
                epochs.AddRange(standing.Epochs);
                best = saved.Best;
                log!.Truncate(standing.RecordLength);
                if (!isFinished) log.Write("resume", new { Step = step });
                return;
            }
            log?.Truncate(0);
            log?.Start(task.Name, new { Trainer = config, task.Recipe, task.Items, TrainedWeights = parameters.Sum(parameter => parameter.numel()) });
        }

        private double Step(int[] batch, int epoch)
        {
            step++;
            var (loss, parts) = gradient.Of(batch, step, epoch);
            var norm = Guarded.ClipGradients(parameters, config.ClipNorm > 0 ? config.ClipNorm : null);
            if (!double.IsFinite(loss) || !double.IsFinite(norm)) throw Diverged(batch, loss, norm);
            var rate = config.RateAt(step, Steps);
            optimizer.Step(rate);
            lossSum += loss * batch.Length;
            foreach (var (name, value) in parts) partSums[name] = partSums.GetValueOrDefault(name) + value * batch.Length;
            log?.Write("step", new { Step = step, Epoch = epoch, Loss = loss, Parts = parts, GradientNorm = norm, Rate = rate });
            events?.Write(step, [new("loss", loss), .. parts, new("gradient_norm", norm), new("rate", rate)]);
            return loss;
        }

        private void EndEpoch(int epoch)
        {
            task.SetTraining(false);
            IReadOnlyDictionary<string, double>? metrics;
            using (no_grad())
            using (NewDisposeScope()) metrics = task.Validate();
            task.SetTraining(true);
            var record = new EpochRecord
            {
                Epoch = epoch,
                Steps = step,
                Loss = lossSum / task.Items,
                Parts = partSums.ToDictionary(part => part.Key, part => part.Value / task.Items),
                Metrics = metrics ?? new Dictionary<string, double>(),
                Seconds = secondsBefore + clock.Elapsed.TotalSeconds,
            };
            epochs.Add(record);
            (lossSum, secondsBefore) = (0, 0);
            partSums.Clear();
            if (IsBetter(record)) Keep(epoch);
            stoppedEarly = config.Patience > 0 && epoch - bestEpoch >= config.Patience && epoch < config.Epochs;
            isFinished = stoppedEarly || epoch == config.Epochs;
            log?.Write("epoch", record);
            events?.Write(step, [new("epoch/loss", record.Loss), .. record.Metrics.Select(metric => KeyValuePair.Create($"epoch/{metric.Key}", metric.Value))]);
            if (isFinished) log?.Write("end", new { BestEpoch = bestEpoch, StoppedEarly = stoppedEarly, Steps = step, epochs[bestEpoch - 1].Metrics });
        }

        private bool IsBetter(EpochRecord record)
        {
            if (config.Criterion is not { } criterion || record.Metrics.Count == 0) return true;
            if (!record.Metrics.TryGetValue(criterion, out var value))
                throw new InvalidOperationException($"Criterion must be one of what '{task.Name}' measures ({string.Join(", ", record.Metrics.Keys)}), but is '{criterion}'.");
            return bestEpoch == 0 || value > epochs[bestEpoch - 1].Metrics[criterion];
        }

        private void Keep(int epoch)
        {
            bestEpoch = epoch;
            using var noGrad = no_grad();
            foreach (var parameter in task.Parameters)
            {
                if (best.TryGetValue(parameter.Name, out var kept)) kept.copy_(parameter.Tensor);
                else best.Add(parameter.Name, parameter.Tensor.clone().DetachFromDisposeScope());
            }
        }

        // Seldom enough that saving a large model takes but a twentieth of the time.
        private bool IsLongSinceSaved => sinceSaved.Elapsed.TotalSeconds >= Math.Max(SaveSeconds, saving.TotalSeconds / SaveShare);

        private void Save()
        {
            sinceSaved.Restart();
            state?.Save(
                new TrainerState.Standing(step, bestEpoch, isFinished, stoppedEarly, lossSum, new(partSums), isFinished ? 0 : SecondsSoFar, log!.Length, [.. epochs]), optimizer, best);
            saving = sinceSaved.Elapsed;
            sinceSaved.Restart();
        }

        // At an epoch's end its time is in its record already.
        private double SecondsSoFar => step % StepsPerEpoch == 0 ? 0 : secondsBefore + clock.Elapsed.TotalSeconds;

        private string Describe(double loss)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.000}");
            if (config.Criterion is not { } criterion || epochs.Count == 0 || !epochs[^1].Metrics.TryGetValue(criterion, out var last)) return text;
            return text + string.Create(CultureInfo.InvariantCulture, $", {criterion} {last:0.000}, best {epochs[bestEpoch - 1].Metrics[criterion]:0.000}");
        }

        private InvalidOperationException Diverged(int[] batch, double loss, double norm) => new(string.Create(
            CultureInfo.InvariantCulture,
            $"Step {step} of '{task.Name}' gave a loss of {loss} and a gradient of length {norm} on {string.Join(", ", batch.Take(8).Select(task.ItemName))}{(batch.Length > 8 ? $" and {batch.Length - 8} more" : "")}: "
            + $"look at these for numbers that are not finite, or lower the learning rate of {config.LearningRate}."));
    }
}
