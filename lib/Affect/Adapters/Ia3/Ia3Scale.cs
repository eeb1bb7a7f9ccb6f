namespace Affect.Adapters.Ia3;

/// <summary>Multiplies every number of a frame by a factor of its own.</summary>
internal sealed class Ia3Scale : Module<Tensor, Tensor>
{
    private readonly Parameter ia3_l; // [1, in] or [out, 1], as PEFT shapes it

    internal Ia3Scale(LinearMap target, bool isFeedForward)
        : base(nameof(Ia3Scale))
    {
        var size = target.weight.shape[isFeedForward ? 1 : 0];
        ia3_l = nn.Parameter(ones(isFeedForward ? [1, size] : [size, 1], dtype: ScalarType.Float32));
        ia3_l.DetachFromDisposeScope();
        RegisterComponents();
        this.MoveTo(target.weight.device);
    }

    /// <param name="input"><c>[…, size]</c></param>
    /// <returns><c>[…, size]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input * ia3_l.flatten().to(input.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>The factors in the shape that the weight is multiplied by: <c>[1, in]</c> or <c>[out, 1]</c>.</summary>
    internal Tensor Factors => ia3_l;
}
