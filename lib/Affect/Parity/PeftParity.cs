namespace Affect.Parity;

/// <summary>Checks a HuBERT with an adapter that PEFT wrote against PEFT's states, loss, adapter gradients, count of trainable numbers, and merged state.</summary>
public sealed class PeftParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => "peft";

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return File.Exists(Path.Combine(folder, InsertedAdapter.ConfigName)) && new HubertParity().Recognizes(folder);
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = HubertModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var adapter = SavedAdapter.Load(model, folder);
        using var scope = NewDisposeScope();
        var input = parityCase.Read("input_values");
        CompareStates(model, input, parityCase);
        CompareLoss(model, adapter, input, parityCase);
        parityCase.Compare("trainable", tensor(new[] { (float)adapter.TrainableCount }));
        adapter.Merge();
        using var noGrad = no_grad();
        parityCase.Compare("merged_last_hidden_state", model.call(input, null).Layers[^1]);
    }

    private static void CompareStates(HubertModel model, Tensor input, ParityCase parityCase)
    {
        using var noGrad = no_grad();
        var states = model.call(input, null).Layers;
        for (var layer = 0; layer < states.Count; layer++) parityCase.Compare($"hidden_states.{layer}", states[layer]);
        parityCase.Compare("last_hidden_state", states[^1]);
    }

    private static void CompareLoss(HubertModel model, InsertedAdapter adapter, Tensor input, ParityCase parityCase)
    {
        var loss = model.call(input, null).Layers[^1].pow(2).mean();
        parityCase.Compare("loss", loss.reshape(1));
        loss.backward();
        var parameters = adapter.Parameters;
        foreach (var recorded in parityCase.GradientNames)
        {
            // PEFT's names in memory bear the adapter's own name, "default".
            var name = recorded.Replace(PeftFields.Prefix, "", StringComparison.Ordinal).Replace(".default", "", StringComparison.Ordinal);
            if (!parameters.TryGetValue(name, out var parameter)) throw new FormatException($"The case holds a gradient of '{recorded}', which the adapter does not have.");
            parityCase.CompareGradient(recorded, parameter.grad);
        }
    }
}
