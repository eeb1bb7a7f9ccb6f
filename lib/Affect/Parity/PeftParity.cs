namespace Affect.Parity;

/// <summary>Checks a HuBERT with an adapter that PEFT wrote against PEFT's states, loss, adapter gradients, count of trainable numbers, and merged state.</summary>
public sealed class PeftParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => "peft";

    /// <inheritdoc/>
    public bool Recognizes(string folder) => new HubertParity().Recognizes(folder) && File.Exists(Path.Combine(folder, InsertedAdapter.ConfigName));

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = HubertModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var adapter = SavedAdapter.Load(model, folder);
        using var scope = NewDisposeScope();
        var input = parityCase.Read("input_values");
        using (no_grad())
        {
            var states = model.call(input, null).Layers;
            parityCase.CompareStates(states);
            parityCase.Compare("last_hidden_state", states[^1]);
        }
        // PEFT's names in memory bear the adapter's own name, "default".
        parityCase.CompareLoss(
            model.call(input, null).Layers[^1].pow(2).mean(),
            adapter.Parameters,
            recorded => recorded.Replace(PeftFields.Prefix, "", StringComparison.Ordinal).Replace(".default", "", StringComparison.Ordinal));
        parityCase.Compare("trainable", tensor(new[] { (float)adapter.TrainableCount }));
        adapter.Merge();
        using var noGrad = no_grad();
        parityCase.Compare("merged_last_hidden_state", model.call(input, null).Layers[^1]);
    }
}
