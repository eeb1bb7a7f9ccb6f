namespace Affect.Training;

/// <summary>
/// Where a training stands between two steps: numbers, optimizer, the best weights so far. On disk, one file that is either whole or the one before.
/// </summary>
internal sealed class TrainerState : IDisposable
{
    private const string FileName = "state.safetensors";
    private const double SaveSeconds = 10;
    private const double SaveShare = 0.05;

    private readonly TrainerConfig config;
    private readonly RunLog? log;
    private readonly string recipe;
    private readonly Dictionary<string, Tensor> best = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Stopwatch sinceSaved = Stopwatch.StartNew();
    private TimeSpan saving;

    internal TrainerState(ITrainingTask task, TrainerConfig config, RunLog? log)
    {
        (this.config, this.log, Parameters) = (config, log, task.Parameters);
        // What has no influence on the weights may differ between the runs that share a state.
        recipe = $"{config with { SaveEvery = 0, TensorBoard = false }}\n{task.Name}\n{task.Recipe}\n{task.Items} items";
        Optimizer = new StepOptimizer(Parameters, config);
    }

    internal IReadOnlyList<TrainedParameter> Parameters { get; }

    internal StepOptimizer Optimizer { get; }

    internal Numbers Now { get; private set; } = new(Step: 0, BestEpoch: 0, IsFinished: false, StoppedEarly: false, Loss: 0, Parts: [], Seconds: 0, RecordLength: 0, Epochs: []);

    internal long TrainedWeights => Parameters.Sum(parameter => parameter.Tensor.numel());

    /// <summary>Whether to save after a step: as the settings say, or seldom enough that saving a large model takes but a twentieth of the time.</summary>
    internal bool IsDue => config.SaveEvery > 0 ? Now.Step % config.SaveEvery == 0 : sinceSaved.Elapsed.TotalSeconds >= Math.Max(SaveSeconds, saving.TotalSeconds / SaveShare);

    /// <summary>Goes on from the run folder's state, if there is one.</summary>
    /// <exception cref="FormatException">The folder holds another training, or its state is damaged.</exception>
    internal void Load()
    {
        if (log is null) return;
        var path = Path.Combine(log.Folder, FileName);
        if (File.Exists(path)) Load(path);
        log.Truncate(Now.RecordLength); // what was recorded after the last saved state happens again
    }

    /// <summary>Writes the state into the run folder, if there is one.</summary>
    internal void Save()
    {
        if (log is null) return;
        sinceSaved.Restart();
        using var scope = NewDisposeScope();
        var tensors = Parameters.ToDictionary(parameter => $"now.{parameter.Name}", parameter => (Tensor)parameter.Tensor);
        foreach (var (name, kept) in best) tensors.Add($"best.{name}", kept);
        tensors.Add("optimizer", tensor(Optimizer.Save(), dtype: ScalarType.Byte));
        var numbers = JsonSerializer.Serialize(Now with { Seconds = Now.Seconds + clock.Elapsed.TotalSeconds, RecordLength = log.Length });
        SafetensorsWriter.Write(Path.Combine(log.Folder, FileName), tensors, new Dictionary<string, string> { ["recipe"] = recipe, ["standing"] = numbers });
        saving = sinceSaved.Elapsed;
        sinceSaved.Restart();
    }

    /// <summary>Counts a step.</summary>
    /// <param name="done">What it measured.</param>
    /// <param name="items">How many items it learned from.</param>
    internal void Add(StepRecord done, int items)
    {
        Now = Now with { Step = done.Step, Loss = Now.Loss + done.Loss * items };
        foreach (var (name, value) in done.Parts) Now.Parts[name] = Now.Parts.GetValueOrDefault(name) + value * items;
    }

    /// <summary>Makes an epoch of the steps since the last one.</summary>
    internal EpochRecord EndEpoch(int epoch, int items, IReadOnlyDictionary<string, double> metrics)
    {
        var record = new EpochRecord
        {
            Epoch = epoch,
            Steps = Now.Step,
            Loss = Now.Loss / items,
            Parts = Now.Parts.OrderBy(part => part.Key, StringComparer.Ordinal).ToDictionary(part => part.Key, part => part.Value / items),
            Metrics = metrics,
            Seconds = Now.Seconds + clock.Elapsed.TotalSeconds,
        };
        Now = Now with { Loss = 0, Parts = [], Seconds = 0, Epochs = [.. Now.Epochs, record] };
        clock.Restart();
        return record;
    }

    /// <summary>Ends training, with the last epoch or before it.</summary>
    internal void End(bool isEarly) => Now = Now with { IsFinished = true, StoppedEarly = isEarly };

    /// <summary>Keeps the present weights as the best.</summary>
    internal void Keep(int epoch)
    {
        Now = Now with { BestEpoch = epoch };
        using var noGrad = no_grad();
        foreach (var (name, weights) in Parameters)
        {
            if (best.TryGetValue(name, out var kept)) kept.copy_(weights);
            else best.Add(name, weights.clone().DetachFromDisposeScope());
        }
    }

    /// <summary>Puts the best weights back.</summary>
    internal void Restore()
    {
        using var noGrad = no_grad();
        foreach (var (name, weights) in Parameters) weights.copy_(best[name]);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        foreach (var tensor in best.Values) tensor.Dispose();
        foreach (var parameter in Parameters) parameter.Tensor.grad = null;
    }

    private void Load(string path)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("recipe") != recipe)
            throw new FormatException($"{Path.GetDirectoryName(path)} must be empty or hold the same training, but holds one of other settings or data; choose another folder or remove it.");
        Now = JsonSerializer.Deserialize<Numbers>(file.Metadata.GetValueOrDefault("standing") ?? "null")
            ?? throw new FormatException($"{path} does not say where its training stood; remove it to begin anew.");
        foreach (var (name, weights) in Parameters)
        {
            weights.copy_(Read($"now.{name}", weights));
            if (Now.BestEpoch > 0) best.Add(name, Read($"best.{name}", weights).to(weights.device).DetachFromDisposeScope());
        }
        Optimizer.Load(file.Read("optimizer").data<byte>().ToArray());

        Tensor Read(string name, Tensor like) => file.Entries.TryGetValue(name, out var entry) && entry.Shape.SequenceEqual(like.shape)
            ? file.Read(name)
            : throw new FormatException($"{path} must hold '{name}' of shape [{string.Join(", ", like.shape)}], but does not; remove it to begin anew.");
    }

    /// <summary>The numbers of a training; loss and parts are sums over the items of the running epoch so far, seconds what it has taken.</summary>
    internal sealed record Numbers(
        int Step, int BestEpoch, bool IsFinished, bool StoppedEarly, double Loss, Dictionary<string, double> Parts, double Seconds, long RecordLength, IReadOnlyList<EpochRecord> Epochs)
    {
        internal EpochRecord Best => Epochs[BestEpoch - 1];
    }
}
