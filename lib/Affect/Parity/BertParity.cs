namespace Affect.Parity;

/// <summary>Checks a BERT or RoBERTa folder against transformers' states and pooler on the same ids; padded positions are left out.</summary>
/// <remarks>The case holds <c>input_ids</c>, <c>attention_mask</c>, all states, <c>last_hidden_state</c> and <c>pooler_output</c>.</remarks>
public sealed class BertParity() : ModelParity<BertModel>(BertModel.FromPretrained, "bert", "roberta")
{
    private protected override void Compare(BertModel model, ParityCase parityCase)
    {
        using var noGrad = no_grad();
        var mask = parityCase.Read("attention_mask");
        var states = model.call(parityCase.Read("input_ids"), mask, parityCase.Find("token_type_ids"));
        parityCase.CompareStates(states.Layers, valid: mask);
        parityCase.Compare("last_hidden_state", states.Layers[^1], mask);
        if (model.HasPooler && parityCase.Has("pooler_output")) parityCase.Compare("pooler_output", model.Pool(states));
    }
}
