namespace Affect.Parity;

/// <summary>Checks a ViT folder against transformers' states and pooler on the same input.</summary>
/// <remarks>The case holds <c>pixel_values</c>, all states, <c>last_hidden_state</c> (after the final norm) and <c>pooler_output</c>.</remarks>
public sealed class VitParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => VitConfig.ModelType;

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = Path.Combine(folder, PretrainedFiles.ConfigName);
        return File.Exists(config) && ConfigFile.Open(config).Text("model_type", "") == Kind;
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = VitModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var states = model.call(parityCase.Read("pixel_values"));
        for (var layer = 0; layer < states.Layers.Count; layer++) parityCase.Compare($"hidden_states.{layer}", states.Layers[layer]);
        parityCase.Compare("last_hidden_state", model.Normed(states.Layers[^1]));
        if (model.HasPooler) parityCase.Compare("pooler_output", states.Feature);
    }
}
