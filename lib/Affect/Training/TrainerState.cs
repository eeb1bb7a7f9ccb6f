namespace Affect.Training;

/// <summary>
/// Where a training stands, in one file that is either whole or the one before: weights, the best ones so far, the optimizer's moments, what the epochs
/// measured.
/// </summary>
internal sealed class TrainerState
{
    private const string FileName = "state.safetensors";
    private const string StandingKey = "standing";
    private const string OptimizerName = "optimizer";

    private readonly string path;
    private readonly string recipe;
    private readonly IReadOnlyList<TrainedParameter> parameters;

    internal TrainerState(string folder, string recipe, IReadOnlyList<TrainedParameter> parameters) =>
        (path, this.recipe, this.parameters) = (Path.Combine(folder, FileName), recipe, parameters);

    internal void Save(Standing standing, StepOptimizer optimizer, IReadOnlyDictionary<string, Tensor> best)
    {
        using var scope = NewDisposeScope();
        var tensors = parameters.ToDictionary(parameter => $"now.{parameter.Name}", parameter => (Tensor)parameter.Tensor);
        foreach (var (name, tensor) in best) tensors.Add($"best.{name}", tensor);
        tensors.Add(OptimizerName, tensor(optimizer.Save(), dtype: ScalarType.Byte));
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["recipe"] = recipe, [StandingKey] = JsonSerializer.Serialize(standing) });
    }

    /// <summary>Puts back what was saved; null if nothing was.</summary>
    /// <exception cref="FormatException">The folder holds another training, or the file is damaged.</exception>
    internal (Standing Standing, Dictionary<string, Tensor> Best)? Load(StepOptimizer optimizer)
    {
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("recipe") != recipe)
            throw new FormatException($"{Path.GetDirectoryName(path)} must be empty or hold the same training, but holds one of other settings or data; choose another folder or remove it.");
        var standing = JsonSerializer.Deserialize<Standing>(file.Metadata.GetValueOrDefault(StandingKey) ?? "null")
            ?? throw new FormatException($"{path} does not say where its training stood; remove it to begin anew.");
        var best = new Dictionary<string, Tensor>();
        foreach (var parameter in parameters)
        {
            parameter.Tensor.copy_(Read(file, $"now.{parameter.Name}", parameter.Tensor));
            if (standing.BestEpoch > 0) best.Add(parameter.Name, Read(file, $"best.{parameter.Name}", parameter.Tensor).to(parameter.Tensor.device).DetachFromDisposeScope());
        }
        optimizer.Load(file.Read(OptimizerName).data<byte>().ToArray());
        return (standing, best);
    }

    private Tensor Read(SafetensorsFile file, string name, Tensor like) =>
        file.Entries.TryGetValue(name, out var entry) && entry.Shape.SequenceEqual(like.shape)
            ? file.Read(name)
            : throw new FormatException($"{path} must hold '{name}' of shape [{string.Join(", ", like.shape)}], but does not; remove it to begin anew.");

    /// <summary>The numbers of a training that stands between two steps.</summary>
    /// <param name="Step">How many steps were taken.</param>
    /// <param name="BestEpoch">The best epoch so far; 0: none yet.</param>
    /// <param name="Finished">Whether it is over.</param>
    /// <param name="StoppedEarly">Whether it ended before its last epoch.</param>
    /// <param name="Loss">The sum of the losses of the running epoch's items.</param>
    /// <param name="Parts">The sums of the parts.</param>
    /// <param name="Seconds">How long the running epoch has taken.</param>
    /// <param name="RecordLength">How long the run's record was.</param>
    /// <param name="Epochs">The epochs that are over.</param>
    internal sealed record Standing(
        int Step, int BestEpoch, bool Finished, bool StoppedEarly, double Loss, Dictionary<string, double> Parts, double Seconds, long RecordLength, EpochRecord[] Epochs);
}
