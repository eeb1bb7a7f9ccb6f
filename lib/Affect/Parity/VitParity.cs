namespace Affect.Parity;

/// <summary>Checks a ViT folder against transformers' states and pooler on the same input.</summary>
/// <remarks>The case holds <c>pixel_values</c>, all states, <c>last_hidden_state</c> (after the final norm) and <c>pooler_output</c>.</remarks>
public sealed class VitParity() : ModelParity<VitModel>(VitModel.FromPretrained, "vit")
{
    private protected override void Compare(VitModel model, ParityCase parityCase)
    {
        using var noGrad = no_grad();
        var states = model.call(parityCase.Read("pixel_values"));
        parityCase.CompareStates(states.Layers);
        parityCase.Compare("last_hidden_state", model.Normed(states.Layers[^1]));
        if (model.HasPooler) parityCase.Compare("pooler_output", states.Feature);
    }
}
