using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Autograd;

public sealed class FunctionTests
{
    [Fact]
    public void A_function_can_reverse_gradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        var y = ReverseGradient.apply(x, 0.5f);
        Assert.Equal([1, 2], y.data<float>().ToArray());
        (y * y).sum().backward();
        Assert.Equal([-1, -2], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_function_can_save_tensors_and_have_several_outputs()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(new[] { 3f }, requires_grad: true), tensor(new[] { 5f }, requires_grad: true));
        var both = ProductAndSum.apply(a, b);
        Assert.Equal((15f, 8f), (both[0].item<float>(), both[1].item<float>()));
        (both[0] * 2 + both[1]).sum().backward();
        Assert.Equal((11f, 7f), (a.grad!.item<float>(), b.grad!.item<float>()));
        a.grad = null;
        ProductAndSum.apply(a, b)[0].sum().backward(); // the other output's gradient arrives as zeros
        Assert.Equal(5f, a.grad!.item<float>());
    }

    [Fact]
    public void Without_gradients_a_function_is_just_its_forward_pass()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Assert.False(ReverseGradient.apply(ones(1, requires_grad: true), 1f).requires_grad);
    }

    [Fact]
    public void An_exception_in_backward_reaches_the_caller()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var error = Assert.Throws<ExternalException>(() => Failing.apply(x).sum().backward());
        Assert.Contains("Failing: FormatException: no derivative today", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_graph_frees_what_a_function_saved()
    {
        var before = LiveTensors.Count;
        for (var i = 0; i < 10; i++)
        {
            using var scope = NewDisposeScope();
            var x = ones(3, requires_grad: true);
            var y = SavesItsOutput.apply(x);
            if (i % 2 == 0) y.sum().backward();
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    private sealed class ReverseGradient : autograd.SingleTensorFunction<ReverseGradient>
    {
        public override string Name => nameof(ReverseGradient);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("scale", (float)vars[1]);
            return (Tensor)vars[0];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * -(float)ctx.get_data("scale")!];
    }

    private sealed class ProductAndSum : autograd.MultiTensorFunction<ProductAndSum>
    {
        public override string Name => nameof(ProductAndSum);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (a, b) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([a, b]);
            return [a * b, a + b];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [grad_outputs[0] * saved[1] + grad_outputs[1], grad_outputs[0] * saved[0] + grad_outputs[1]];
        }
    }

    private sealed class SavesItsOutput : autograd.SingleTensorFunction<SavesItsOutput>
    {
        public override string Name => nameof(SavesItsOutput);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var result = ((Tensor)vars[0]).exp();
            ctx.save_for_backward([result]);
            return result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * ctx.get_saved_variables()[0]];
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new FormatException("no derivative today");
    }
}
