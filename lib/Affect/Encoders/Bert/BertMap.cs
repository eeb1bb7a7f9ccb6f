namespace Affect.Encoders.Bert;

/// <summary>A linear map under the name <c>dense</c>: the position-wise network's first one, and the pooler's.</summary>
internal sealed class BertMap : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> dense;

    internal BertMap(int inputSize, int outputSize)
        : base(nameof(BertMap))
    {
        dense = new LinearMap(inputSize, outputSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[…, in]</c></param>
    /// <returns><c>[…, out]</c></returns>
    public override Tensor forward(Tensor input) => input.Through(dense);
}
