namespace Affect.Parity;

/// <summary>Checks one of the MER2024 baseline's fusions against its own features, logits, loss and gradients.</summary>
/// <remarks>
/// The folder has no configuration: the weights' names say which fusion it is, and their shapes how wide. The case holds <c>audios</c>, <c>texts</c>,
/// <c>videos</c>, <c>labels</c> and expected outputs; the loss is the cross-entropy alone.
/// </remarks>
public sealed class FusionParity : IParityCheck
{
    private const string WeightsName = "model.safetensors";

    /// <inheritdoc/>
    public string Kind => "fusion";

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, WeightsName);
        if (!File.Exists(path)) return false;
        using var file = SafetensorsFile.Open(path);
        return file.Entries.ContainsKey("audio_encoder.linear_1.weight") && file.Entries.ContainsKey("fc_out_1.weight");
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var fusion = BaselineFusion.Open(weights ?? Path.Combine(folder, WeightsName), parityCase.Device);
        using var scope = NewDisposeScope();
        var byName = new Dictionary<string, string> { ["acoustic"] = "audios", ["lexical"] = "texts", ["visual"] = "videos" };
        var batch = new ModalityBatch { Features = [.. fusion.Config.Modalities.Select(modality => parityCase.Read(byName[modality.Name]))] };
        var output = fusion.Fuse(batch);
        parityCase.Compare("features", output.Features);
        parityCase.Compare("logits", output.Logits);
        parityCase.CompareLoss(
            F.cross_entropy(output.Logits, parityCase.Read("labels")), fusion.Weights.ToDictionary(weight => weight.Name, weight => weight.Parameter));
    }
}
