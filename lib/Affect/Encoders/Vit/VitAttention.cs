namespace Affect.Encoders.Vit;

/// <summary>Self-attention and the map after it.</summary>
internal sealed class VitAttention : Module<Tensor, Tensor>
{
    private readonly VitSelfAttention attention;
    private readonly VitMap output;

    internal VitAttention(VitConfig config)
        : base(nameof(VitAttention))
    {
        attention = new VitSelfAttention(config);
        output = new VitMap(config.HiddenSize, config.HiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return output.call(attention.call(input)).MoveToOuterDisposeScope();
    }
}
