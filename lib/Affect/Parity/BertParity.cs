namespace Affect.Parity;

/// <summary>Checks a BERT or RoBERTa folder against transformers' states and pooler on the same ids; padded positions are left out.</summary>
/// <remarks>The case holds <c>input_ids</c>, <c>attention_mask</c>, all states, <c>last_hidden_state</c> and <c>pooler_output</c>.</remarks>
public sealed class BertParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => "bert, roberta";

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return BertConfig.IsIn(Path.Combine(folder, PretrainedFiles.ConfigName));
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = BertModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var mask = parityCase.Read("attention_mask");
        var types = parityCase.Has("token_type_ids") ? parityCase.Read("token_type_ids") : null;
        var states = model.call(parityCase.Read("input_ids"), mask, types);
        for (var layer = 0; layer < states.Layers.Count; layer++) parityCase.Compare($"hidden_states.{layer}", states.Layers[layer], mask);
        if (parityCase.Has($"hidden_states.{states.Layers.Count}"))
            throw new FormatException($"The case holds 'hidden_states.{states.Layers.Count}', but config.json has only {model.Layers} blocks.");
        parityCase.Compare("last_hidden_state", states.Layers[^1], mask);
        if (model.HasPooler && parityCase.Has("pooler_output")) parityCase.Compare("pooler_output", model.Pool(states));
    }
}
