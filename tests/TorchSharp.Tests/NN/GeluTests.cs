using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.NN;

public sealed class GeluTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void The_gradient_is_right_in_whatever_order_it_lies(bool inPlace, bool transposedInput)
    {
        using var scope = NewDisposeScope();
        var values = randn(2, 16, 24);
        var input = (transposedInput ? values.transpose(1, 2).contiguous().transpose(1, 2) : values).requires_grad_();
        var weights = randn(2, 24, 16);

        // The sum of transposed outputs sends a transposed gradient back.
        (F.gelu(input * 1, inPlace).transpose(1, 2) * weights).sum().backward();

        var exact = input.detach().to(ScalarType.Float64).requires_grad_();
        (exact * 0.5 * ((exact / Math.Sqrt(2)).erf() + 1) * weights.transpose(1, 2).to(ScalarType.Float64)).sum().backward();
        Assert.InRange((input.grad! - exact.grad!).abs().max().ToDouble(), 0, 1e-5);
    }

    [Fact]
    public void The_method_and_the_module_have_the_same_gradient()
    {
        using var scope = NewDisposeScope();
        var weights = randn(24, 16);
        var gradients = new List<Tensor>();
        foreach (Func<Tensor, Tensor> gelu in (Func<Tensor, Tensor>[])[x => x.gelu(), x => nn.GELU().call(x), x => (x * 1).gelu_()])
        {
            var input = linspace(-3, 3, 16 * 24).reshape(16, 24).requires_grad_();
            (gelu(input).t() * weights).sum().backward();
            gradients.Add(input.grad!);
        }
        Assert.True(gradients[0].allclose(gradients[1]) && gradients[0].allclose(gradients[2]));
    }
}
