namespace Affect.Encoders.Hubert;

public sealed partial class HubertModel
{
    private const string Slot = $".{BlockAdapter.SlotName}.";

    /// <summary>
    /// Writes a pre-norm model that has bottlenecks inserted after blocks as one folder that transformers loads by itself: <c>config.json</c>
    /// with <c>adapter_attn_dim</c>, and an <c>adapter_layer</c> for every block: ours where there is one, one that adds nothing elsewhere, since
    /// transformers has one in every block or in none.
    /// </summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="InvalidOperationException">
    /// There are no such bottlenecks, or other adapters beside them; or the model is post-norm, where transformers has no such slot.
    /// </exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void SaveWithBottlenecks(string folder)
    {
        if (!Config.IsPreNorm)
        {
            throw new InvalidOperationException(
                "The model must be pre-norm (do_stable_layer_norm), since transformers has no adapter_layer in the others; save the adapter alone.");
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var own = state_dict();
        long[] widths = [.. own.Keys.Where(name => name.EndsWith($"{Slot}linear_1.weight", StringComparison.Ordinal)).Select(name => own[name].shape[0])];
        var norms = own.Keys.Count(name => name.EndsWith($"{Slot}norm.weight", StringComparison.Ordinal));
        if (widths.Distinct().ToArray() is not [var width] || norms != widths.Length)
        {
            throw new InvalidOperationException(
                "The model must have bottlenecks after blocks, of one width and with norms, as transformers has them, "
                + $"but has {widths.Length}, of widths [{string.Join(", ", widths)}], and {norms} norms.");
        }
        using var whole = Random(Config with { AdapterSize = (int)width }, seed: 0, normalizesInput: NormalizesInput);
        var slots = whole.state_dict();
        if (own.Keys.FirstOrDefault(name => !slots.ContainsKey(name)) is { } other)
        {
            throw new InvalidOperationException(
                $"The model must have no other adapter, but has '{other}', which transformers has no place for; merge or remove it.");
        }
        foreach (var (name, target) in slots)
        {
            if (own.TryGetValue(name, out var value)) target.copy_(value);
            else if (name.Contains($"{Slot}linear_2.", StringComparison.Ordinal)) target.Clear();
        }
        whole.SavePretrained(folder);
    }
}
