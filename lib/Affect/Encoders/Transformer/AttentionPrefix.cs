namespace Affect.Encoders.Transformer;

/// <summary>Learned keys and values that every frame may attend to beside the clip's own; a gate per head, initially shut, decides how much that counts.</summary>
/// <remarks>
/// Li and Liang, <em>Prefix-Tuning</em>, arXiv:2101.00190; gate and softmax of its own as in Zhang et al., <em>LLaMA-Adapter</em>, arXiv:2303.16199,
/// section 3.2, so that a fresh prefix changes nothing.
/// </remarks>
internal sealed class AttentionPrefix : Module<Tensor, Tensor>
{
    private readonly Parameter prefix_key;   // [heads, length, hidden / heads]
    private readonly Parameter prefix_value; // [heads, length, hidden / heads]
    private readonly Parameter prefix_gate;  // [heads, 1, 1]

    internal AttentionPrefix(long hiddenSize, long heads, long length, Generator generator)
        : base(nameof(AttentionPrefix))
    {
        var shape = new long[] { heads, length, hiddenSize / heads };
        prefix_key = nn.Parameter(randn(shape, dtype: ScalarType.Float32, generator: generator));
        prefix_value = nn.Parameter(randn(shape, dtype: ScalarType.Float32, generator: generator));
        prefix_gate = nn.Parameter(zeros([heads, 1, 1], dtype: ScalarType.Float32));
        foreach (var own in new[] { prefix_key, prefix_value, prefix_gate }) own.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <param name="input">Queries, <c>[batch, frames, hidden]</c>.</param>
    /// <returns>What is added to the attention's result, of the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var query = Attention.Split(input.to(prefix_key.dtype), prefix_key.shape[0]);
        var seen = Attention.Explicit(query, prefix_key, prefix_value, mask: null, dropout: 0) * prefix_gate.tanh();
        return Attention.Join(seen).to(input.dtype).MoveToOuterDisposeScope();
    }
}
