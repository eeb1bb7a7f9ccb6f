namespace Affect.Tensors;

/// <summary>
/// <c>x Wᵀ + b</c>, names as in PyTorch's Linear; a large one on the CPU is computed as what it also is: a convolution of width 1 over positions that
/// lie channels last. Every array keeps its place in memory; only the words for its axes change. oneDNN then does the work, in less time than MKL's
/// product takes, how much less depends on the processor (environment.md has what was measured), with nothing kept that a changed weight could make
/// wrong. The results differ from the product's in the last bits of a sum.
/// </summary>
public sealed class LinearMap : nn.Module<Tensor, Tensor>
{
    // Below, preparing oneDNN's call costs more than it saves.
    private const long FewestRows = 32;
    private const long FewestProducts = 8_000_000;

    private Parameter? matrix;
    private Parameter? shift;

    /// <summary>A map of random weights, drawn as TorchSharp's and PyTorch's are.</summary>
    /// <param name="inputs">The size of what comes in.</param>
    /// <param name="outputs">The size of what goes out.</param>
    /// <param name="hasBias">Whether something is added.</param>
    public LinearMap(long inputs, long outputs, bool hasBias = true)
        : base(nameof(LinearMap))
    {
        var bound = 1 / Math.Sqrt(inputs); // kaiming_uniform_ with a = √5 is uniform within it
        weight = nn.Parameter(empty(outputs, inputs));
        nn.init.uniform_(weight, -bound, bound);
        if (!hasBias) return;
        bias = nn.Parameter(empty(outputs));
        nn.init.uniform_(bias, -bound, bound);
    }

    /// <summary><c>[out, in]</c></summary>
    /// <remarks>Where a module changes its device or number format, TorchSharp sets this property to a new parameter.</remarks>
    public Parameter weight
    {
        get => matrix!;
        private set => Take(nameof(weight), ref matrix, value);
    }

    /// <summary><c>[out]</c></summary>
    public Parameter? bias
    {
        get => shift;
        private set => Take(nameof(bias), ref shift, value);
    }

    /// <param name="input"><c>[.., in]</c>, of any number format.</param>
    /// <returns><c>[.., out]</c>, in the weight's number format.</returns>
    public override Tensor forward(Tensor input) => Of(input.dtype == weight.dtype ? input : input.to(weight.dtype), weight, shift);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            matrix?.Dispose();
            shift?.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>The product with a map's weight, and its bias.</summary>
    /// <param name="input"><c>[.., in]</c></param>
    /// <param name="weight"><c>[out, in]</c></param>
    /// <param name="bias"><c>[out]</c></param>
    /// <returns><c>[.., out]</c></returns>
    internal static Tensor Of(Tensor input, Tensor weight, Tensor? bias) =>
        Pays(input, weight, bias) ? AsConvolution(input, weight, bias) : nn.functional.linear(input, weight, bias);

    private void Take(string name, ref Parameter? kept, Parameter? value)
    {
        kept?.Dispose();
        kept = value;
        value?.DetachFromDisposeScope(); // weights live as long as their module
        ConditionallyRegisterParameter(name, value);
    }

    private static bool Pays(Tensor input, Tensor weight, Tensor? bias)
    {
        if (input.dtype != ScalarType.Float32 || weight.dtype != ScalarType.Float32
            || input.device_type != DeviceType.CPU || weight.device_type != DeviceType.CPU)
        {
            return false;
        }
        var width = weight.shape[1];
        var elements = input.numel();
        var products = elements * weight.shape[0];
        // Shapes that do not fit are the plain way's to refuse.
        if (input.shape is not [.., var last] || last != width || products < FewestProducts
            || elements < FewestRows * width || !weight.is_contiguous())
        {
            return false;
        }
        // With one thread libtorch chooses a slower kind of convolution.
        if (get_num_threads() == 1) return false;
        // With gradients MKL's products are faster: an epoch of adapting took 1.40 s with them, 1.64 s as convolutions.
        return !is_grad_enabled() || !(input.requires_grad || weight.requires_grad || bias is { requires_grad: true });
    }

    private static Tensor AsConvolution(Tensor input, Tensor weight, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        var shape = input.shape;
        var (width, outputs) = (weight.shape[1], weight.shape[0]);
        var positions = input.contiguous().view(1, -1, 1, width).permute(0, 3, 1, 2); // [1, in, rows, 1]
        var kernels = weight.view(outputs, 1, 1, width).permute(0, 3, 1, 2); // [out, in, 1, 1]
        shape[^1] = outputs;
        var product = Guarded.Convolve(positions, kernels, bias, strides: [1, 1], padding: [0, 0]);
        return product.permute(0, 2, 3, 1).reshape(shape).MoveToOuterDisposeScope();
    }
}
