namespace Affect.Encoders.Vit;

/// <summary>A linear map under the name <c>dense</c>, one level below where it is used, as transformers' ViT nests it.</summary>
internal sealed class VitMap : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> dense;

    internal VitMap(int inputSize, int outputSize)
        : base(nameof(VitMap))
    {
        dense = new LinearMap(inputSize, outputSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[..., in]</c></param>
    /// <returns><c>[..., out]</c></returns>
    public override Tensor forward(Tensor input) => input.Through(dense);
}
