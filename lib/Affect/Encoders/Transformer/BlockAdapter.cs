namespace Affect.Encoders.Transformer;

/// <summary>A bottleneck whose result is added to what it adapts: <c>W₂ ReLU(W₁ norm(x) + b₁) + b₂</c>.</summary>
/// <remarks>
/// Names and form of the slot that transformers' pre-norm HuBERT has after each block when <c>adapter_attn_dim</c> is set; without the norm it is the
/// adapter of Houlsby et al., arXiv:1902.00751.
/// </remarks>
internal sealed class BlockAdapter : Module<Tensor, Tensor>
{
    internal const string SlotName = "adapter_layer"; // transformers' name for its place in a block

    private readonly LayerNorm? norm;
    private readonly LinearMap linear_1;
    private readonly LinearMap linear_2;

    internal BlockAdapter(long hiddenSize, long innerSize, bool hasNorm = true)
        : base(nameof(BlockAdapter))
    {
        norm = hasNorm ? nn.LayerNorm(hiddenSize) : null;
        linear_1 = new LinearMap(hiddenSize, innerSize);
        linear_2 = new LinearMap(innerSize, hiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return linear_2.call(F.relu(linear_1.call(norm is null ? input : norm.call(input)))).MoveToOuterDisposeScope();
    }

    /// <summary>Weights from which training starts: the first map as PyTorch draws it, the second 0, so that nothing is added yet.</summary>
    internal void StartFromNothing(Generator generator)
    {
        using var noGrad = no_grad();
        var bound = 1 / Math.Sqrt(linear_1.weight.shape[1]);
        linear_1.weight.uniform_(-bound, bound, generator);
        linear_1.bias!.Clear();
        linear_2.weight.Clear();
        linear_2.bias!.Clear();
    }
}
