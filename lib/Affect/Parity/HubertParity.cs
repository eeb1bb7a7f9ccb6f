namespace Affect.Parity;

/// <summary>Checks a HuBERT folder against transformers' states, loss and gradients on the same input.</summary>
/// <remarks>
/// The case holds <c>input_values</c>, <c>attention_mask</c>, <c>frame_mask</c> and expected outputs. Only valid frames are compared: what a network
/// makes of padding means nothing.
/// The network is driven directly, past <see cref="HubertModel.Encode"/>: the original accepts padded batches even where padding changes the result.
/// The states come from the frozen path, which <see cref="HubertModel.Encode"/> takes; loss and gradients from the training path.
/// </remarks>
public sealed class HubertParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => "hubert";

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = Path.Combine(folder, "config.json");
        return File.Exists(config) && ConfigFile.Open(config).Text("model_type", "") == Kind;
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = HubertModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var scope = NewDisposeScope();
        var input = parityCase.Read("input_values");
        var lengths = parityCase.Has("attention_mask") ? parityCase.Read("attention_mask").sum(1) : null;
        CompareStates(model, input, lengths, parityCase);
        if (parityCase.Has("loss")) CompareLoss(model, input, lengths, parityCase);
    }

    private static void CompareStates(HubertModel model, Tensor input, Tensor? lengths, ParityCase parityCase)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var states = model.call(input, lengths);
        var valid = Valid(parityCase);
        for (var layer = 0; layer < states.Layers.Count; layer++) parityCase.Compare($"hidden_states.{layer}", states.Layers[layer], valid);
        if (parityCase.Has($"hidden_states.{states.Layers.Count}"))
            throw new FormatException($"The case holds 'hidden_states.{states.Layers.Count}', but config.json has only {model.Layers} layers.");
        parityCase.Compare("last_hidden_state", states.Layers[^1], valid);
        if (parityCase.Has("extract_features")) parityCase.Compare("extract_features", model.Features(input), valid);
    }

    private static void CompareLoss(HubertModel model, Tensor input, Tensor? lengths, ParityCase parityCase)
    {
        using var scope = NewDisposeScope();
        var wanted = new Dictionary<string, Parameter>();
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.requires_grad = true;
            wanted[name] = parameter;
        }
        var loss = Loss(model, input, lengths, parityCase);
        parityCase.Compare("loss", loss.reshape(1));
        loss.backward();
        foreach (var name in parityCase.GradientNames)
        {
            if (!wanted.TryGetValue(name, out var parameter))
                throw new FormatException($"The case holds a gradient of '{name}', which the model does not have.");
            parityCase.CompareGradient(name, parameter.grad);
        }
    }

    // Sum over valid frames of the last state squared, divided by the number of valid frames.
    private static Tensor Loss(HubertModel model, Tensor input, Tensor? lengths, ParityCase parityCase)
    {
        var last = model.call(input, lengths).Layers[^1];
        var valid = Valid(parityCase) ?? ones(last.shape[..2], dtype: ScalarType.Int64, device: last.device);
        return (last.pow(2).sum([2]) * valid).sum() / valid.sum();
    }

    private static Tensor? Valid(ParityCase parityCase) => parityCase.Has("frame_mask") ? parityCase.Read("frame_mask") : null;
}
