namespace Affect.Pretraining.Bert;

/// <summary>Names hidden tokens by the network's own table of tokens.</summary>
/// <remarks>Devlin et al., arXiv:1810.04805, section 3.1; transformers' <c>BertLMPredictionHead</c>. It is not part of the checkpoint.</remarks>
internal sealed class MaskedLanguageHead : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly LayerNorm norm;
    private readonly Parameter bias;

    internal MaskedLanguageHead(BertConfig config, Generator generator)
        : base(nameof(MaskedLanguageHead))
    {
        dense = nn.Linear(config.HiddenSize, config.HiddenSize);
        norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        bias = Parameter(zeros(config.VocabularySize));
        using (no_grad())
        {
            dense.weight!.normal_(0, config.InitializerRange, generator);
            dense.bias!.Clear();
        }
        RegisterComponents();
    }

    /// <param name="input"><c>[tokens, hidden]</c>, last states of hidden tokens.</param>
    /// <param name="words"><c>[vocabulary, hidden]</c>, the network's own table.</param>
    /// <returns><c>[tokens, vocabulary]</c>, logits.</returns>
    public override Tensor forward(Tensor input, Tensor words)
    {
        using var scope = NewDisposeScope();
        return F.linear(norm.call(F.gelu(dense.call(input))), words, bias).MoveToOuterDisposeScope();
    }
}
