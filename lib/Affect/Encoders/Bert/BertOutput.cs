namespace Affect.Encoders.Bert;

/// <summary>The end of each sub-layer: a map, then the norm of its sum with the sub-layer's input (post-norm).</summary>
internal sealed class BertOutput : Module<Tensor, Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> dense;
    private readonly LayerNorm LayerNorm;
    private readonly double dropout;

    internal BertOutput(BertConfig config, int inputSize)
        : base(nameof(BertOutput))
    {
        dense = new LinearMap(inputSize, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        dropout = config.Dropout;
        RegisterComponents();
    }

    /// <param name="inner"><c>[batch, tokens, inner]</c>, what the sub-layer computed.</param>
    /// <param name="input"><c>[batch, tokens, hidden]</c>, what it computed it from.</param>
    /// <returns><c>[batch, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor inner, Tensor input)
    {
        using var scope = NewDisposeScope();
        var mapped = inner.Through(dense);
        if (training && dropout > 0) mapped = SeededDropout.Apply(mapped, dropout);
        return LayerNorm.call(input.Plus(mapped)).MoveToOuterDisposeScope();
    }
}
