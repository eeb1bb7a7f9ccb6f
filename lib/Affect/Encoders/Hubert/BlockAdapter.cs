using Affect.Encoders.Transformer;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Affect.Encoders.Hubert;

/// <summary>The bottleneck that transformers puts after a pre-norm block when <c>adapter_attn_dim</c> is set; its result is added to the block's.</summary>
internal sealed class BlockAdapter : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm;
    private readonly Module<Tensor, Tensor> linear_1;
    private readonly Module<Tensor, Tensor> linear_2;

    internal BlockAdapter(int hiddenSize, int innerSize)
        : base(nameof(BlockAdapter))
    {
        norm = nn.LayerNorm(hiddenSize);
        linear_1 = nn.Linear(hiddenSize, innerSize);
        linear_2 = nn.Linear(innerSize, hiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return F.relu(norm.call(input).Through(linear_1)).Through(linear_2).MoveToOuterDisposeScope();
    }
}
