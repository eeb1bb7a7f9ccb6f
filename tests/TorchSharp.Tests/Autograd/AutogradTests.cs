using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Autograd;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_fills_the_gradients_of_leaves()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        Assert.True(x.requires_grad && x.is_leaf);
        Assert.Null(x.grad);
        x.pow(2).sum().backward();
        Assert.Equal([2, 4, 6], x.grad!.data<float>().ToArray());
        x.pow(2).sum().backward();
        Assert.Equal([4, 8, 12], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Gradients_outlive_the_scope_of_the_pass()
    {
        using var x = ones(2, requires_grad: true);
        using (NewDisposeScope()) (x * 3).sum().backward();
        using var grad = x.grad!;
        Assert.Equal([3, 3], grad.data<float>().ToArray());
    }

    [Fact]
    public void Derivatives_of_derivatives_are_found()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.Equal((12.0, 12.0), (first.item<double>(), second.item<double>()));
    }

    [Fact]
    public void An_unused_input_is_an_error_or_null()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(1, requires_grad: true), ones(1, requires_grad: true));
        Assert.Throws<ExternalException>(() => autograd.grad([(x * 2).sum()], [x, y]));
        var found = autograd.grad([(x * 2).sum()], [x, y], allow_unused: true);
        Assert.NotNull(found[0]);
        Assert.Null(found[1]);
    }

    [Fact]
    public void Weights_of_outputs_and_chosen_inputs_are_respected()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(2, requires_grad: true), ones(2, requires_grad: true));
        autograd.backward([x * 2 + y], [tensor(new[] { 1f, 10f })], inputs: [x]);
        Assert.Equal([2, 20], x.grad!.data<float>().ToArray());
        Assert.Null(y.grad);
    }

    [Fact]
    public void Modes_nest_and_end_with_their_scope()
    {
        using var x = ones(1, requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            using (enable_grad()) Assert.True(is_grad_enabled());
            using var y = x * 2;
            Assert.False(y.requires_grad);
        }
        using (set_grad_enabled(false)) Assert.False(is_grad_enabled());
        using (inference_mode())
        {
            using var y = x * 2;
            Assert.False(y.requires_grad);
        }
        Assert.True(is_grad_enabled());
        using var z = x * 2;
        Assert.True(z.requires_grad);
    }

    [Fact]
    public void Detaching_cuts_the_graph()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.False((x * 2).detach().requires_grad);
        var hidden = x * 2;
        hidden.retain_grad();
        hidden.sum().backward();
        Assert.Equal([1, 1], hidden.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_second_pass_needs_a_retained_graph()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x.exp().sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Contains("second time", Assert.Throws<ExternalException>(() => y.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anomaly_detection_names_the_operator()
    {
        using var scope = NewDisposeScope();
        using var mode = autograd.detect_anomaly();
        Assert.True(AnomalyMode.IsEnabled);
        var x = zeros(1, requires_grad: true);
        Assert.Throws<ExternalException>(() => (x.sqrt() * 0).sum().backward());
    }

    [Fact]
    public void Writing_to_a_leaf_that_needs_its_gradient_is_refused_in_libtorchs_words()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var error = Assert.Throws<ExternalException>(() => x.add_(1));
        Assert.Contains("leaf Variable", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }
}
