namespace Affect.Adapters.Bottleneck;

/// <summary>A pre-norm HuBERT with bottlenecks, as one folder that transformers loads by itself.</summary>
public static class BottleneckHubert
{
    /// <summary>
    /// Writes <c>config.json</c> with <c>adapter_attn_dim</c> and the weights with an <c>adapter_layer</c> for every block: ours where there is one, one that adds
    /// nothing elsewhere, since transformers has one in every block or in none.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="adapter">Its adapter; of width <see cref="BottleneckConfig.Width"/>, after blocks, with norms.</param>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="ArgumentException">The adapter is another model's, or of another kind; or the model is post-norm, where transformers has no such slot.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void SavePretrained(HubertModel model, InsertedAdapter adapter, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        if (!ReferenceEquals(adapter.Model, model)) throw new ArgumentException("adapter must be inserted in the model, but is another one's.", nameof(adapter));
        if (adapter.Config is not BottleneckConfig { Placement: BottleneckPlacement.AfterBlock, HasNorm: true } config)
            throw new ArgumentException($"adapter must be a bottleneck after blocks, with norms, as transformers has it, but is {adapter.Config}.", nameof(adapter));
        if (!model.Config.IsPreNorm)
            throw new ArgumentException("model must be pre-norm (do_stable_layer_norm), since transformers has no adapter_layer in the others; save the adapter alone.", nameof(model));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var whole = HubertModel.Random(model.Config with { AdapterSize = config.Width }, seed: 0, normalizesInput: model.NormalizesInput);
        var own = model.state_dict();
        var slots = whole.state_dict();
        if (own.Keys.FirstOrDefault(name => !slots.ContainsKey(name)) is { } other)
            throw new ArgumentException($"model must have no other adapter, but has '{other}', which transformers has no place for; merge or remove it.", nameof(model));
        foreach (var (name, target) in slots)
        {
            if (own.TryGetValue(name, out var value)) target.copy_(value);
            else if (name.Contains($".{BottleneckConfig.SlotName}.linear_2.", StringComparison.Ordinal)) target.Clear();
        }
        whole.SavePretrained(folder);
    }
}
