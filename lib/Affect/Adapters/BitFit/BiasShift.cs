namespace Affect.Adapters.BitFit;

/// <summary>The change of a bias.</summary>
internal sealed class BiasShift : Module<Tensor, Tensor>
{
    private readonly Parameter bias_delta; // [size]

    internal BiasShift(Parameter bias)
        : base(nameof(BiasShift))
    {
        bias_delta = nn.Parameter(zeros(bias.shape, dtype: ScalarType.Float32));
        bias_delta.DetachFromDisposeScope();
        RegisterComponents();
        this.MoveTo(bias.device);
    }

    internal Tensor Delta => bias_delta;

    /// <param name="input"><c>[…, size]</c></param>
    /// <returns><c>[…, size]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input + bias_delta.to(input.dtype)).MoveToOuterDisposeScope();
    }
}
