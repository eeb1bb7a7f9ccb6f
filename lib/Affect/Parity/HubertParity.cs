namespace Affect.Parity;

/// <summary>Checks a HuBERT folder against transformers' states, loss and gradients on the same input.</summary>
/// <remarks>
/// The case holds <c>input_values</c>, <c>attention_mask</c>, <c>frame_mask</c> and expected outputs. Only valid frames are compared: what a network
/// makes of padding means nothing.
/// The network is driven directly, past <see cref="HubertModel.Encode"/>: the original accepts padded batches even where padding changes the result.
/// </remarks>
public sealed class HubertParity() : ModelParity<HubertModel>(HubertModel.FromPretrained, "hubert")
{
    private protected override void Compare(HubertModel model, ParityCase parityCase)
    {
        var input = parityCase.Read("input_values");
        var lengths = parityCase.Find("attention_mask")?.sum(1);
        var valid = parityCase.Find("frame_mask");
        using (no_grad())
        {
            var states = model.call(input, lengths).Layers;
            parityCase.CompareStates(states, valid: valid);
            parityCase.Compare("last_hidden_state", states[^1], valid);
            if (parityCase.Has("extract_features")) parityCase.Compare("extract_features", model.Features(input), valid);
        }
        if (!parityCase.Has("loss")) return;
        foreach (var parameter in model.parameters()) parameter.requires_grad = true;
        var last = model.call(input, lengths).Layers[^1];
        // Sum over valid frames of the last state squared, divided by the number of valid frames.
        valid ??= ones(last.shape[..2], dtype: ScalarType.Int64, device: last.device);
        parityCase.CompareLoss(
            (last.pow(2).sum([2]) * valid).sum() / valid.sum(), model.named_parameters().ToDictionary(named => named.name, named => named.parameter));
    }
}
