using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.NN;

/// <summary>Large linear layers take another way through libtorch, which nobody may notice.</summary>
public sealed class LinearTests
{
    public static TheoryData<long[]> Shapes => [new long[] { 600, 256 }, new long[] { 3, 200, 256 }, new long[] { 2, 2, 150, 256 }];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_large_layer_equals_a_matrix_product(long[] shape)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (input, weight, bias) = (randn(shape), randn([300, 256]), randn([300]));
        Assert.Equal(PointwiseLinear.IsOffered, PointwiseLinear.Pays(input, weight, bias));
        var expected = input.to(ScalarType.Float64).matmul(weight.to(ScalarType.Float64).t()) + bias.to(ScalarType.Float64);
        var output = F.linear(input, weight, bias);
        Near.Equal(expected, output, 1e-4);
        Assert.True(output.is_contiguous());
        Near.Equal(expected - bias.to(ScalarType.Float64), F.linear(input, weight), 1e-4);
        Near.Same(output, F.linear(input, weight, bias));
    }

    [Fact]
    public void A_large_layer_in_bfloat16_equals_a_matrix_product_to_its_precision()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (input, weight, bias) = (randn([3, 200, 256]).bfloat16(), randn([300, 256]).bfloat16(), randn([300]).bfloat16());
        var expected = input.to(ScalarType.Float64).matmul(weight.to(ScalarType.Float64).t()) + bias.to(ScalarType.Float64);
        var output = F.linear(input, weight, bias);
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Near.Equal(expected, output, tolerance: expected.abs().max().ToDouble() / 128);
        weight.requires_grad = true;
        Assert.False(PointwiseLinear.Pays(input, weight, bias));
    }

    [Fact]
    public void Its_gradients_are_those_of_the_matrix_product()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (input, weight, bias) = (randn([4, 250, 256], requires_grad: true), randn([300, 256], requires_grad: true), randn([300], requires_grad: true));
        var wished = randn([4, 250, 300]);
        if (Interop.Native.tc_threads() > 1) Assert.Equal(PointwiseLinear.IsOffered, PointwiseLinear.Pays(input, weight, bias));
        Check(autograd.grad([F.linear(input, weight, bias)], [input, weight, bias], [wished]), autograd.grad([input.matmul(weight.t()) + bias], [input, weight, bias], [wished]));
        Check(autograd.grad([F.linear(input, weight)], [weight], [wished]), autograd.grad([input.matmul(weight.t())], [weight], [wished]));
        Check(autograd.grad([F.linear(input, weight.detach())], [input], [wished]), autograd.grad([input.matmul(weight.detach().t())], [input], [wished]));

        static void Check(IList<Tensor> ours, IList<Tensor> plain)
        {
            for (var i = 0; i < plain.Count; i++)
            {
                Near.Equal(zeros([]), (ours[i] - plain[i]).norm() / plain[i].norm(), 1e-6);
                Assert.True(ours[i].shape.SequenceEqual(plain[i].shape));
            }
        }
    }

    [Fact]
    public void Its_gradients_have_gradients_too()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (input, weight) = (randn([1000, 256], requires_grad: true), randn([300, 256], requires_grad: true));
        Tensor Second(Func<Tensor, Tensor, Tensor> product)
        {
            var first = autograd.grad([product(input, weight).tanh().sum()], [input], create_graph: true)[0];
            return autograd.grad([first.pow(2).sum()], [weight])[0];
        }
        var (ours, plain) = (Second((x, w) => F.linear(x, w)), Second((x, w) => x.matmul(w.t())));
        Near.Equal(zeros([]), (ours - plain).norm() / plain.norm(), 1e-5);
    }

    [Fact]
    public void It_works_alike_with_one_thread()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var (input, weight) = (randn([600, 256]), randn([300, 256], requires_grad: true));
        var threads = Interop.Native.tc_threads();
        Tensor expected = F.linear(input, weight);
        Interop.Native.tc_set_threads(1);
        try
        {
            Assert.False(PointwiseLinear.Pays(input, weight, bias: null));
            Near.Equal(expected, F.linear(input, weight), 1e-4);
            using var mode = no_grad();
            Assert.Equal(PointwiseLinear.IsOffered, PointwiseLinear.Pays(input, weight, bias: null));
            Near.Equal(expected, F.linear(input, weight), 1e-4);
            using var inference = inference_mode();
            Near.Equal(expected, F.linear(input * 1, weight), 1e-4);
        }
        finally
        {
            Interop.Native.tc_set_threads(threads);
        }
    }

    [Fact]
    public void It_looks_at_the_weights_anew_at_every_call()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var layer = nn.Linear(256, 300);
        var input = randn([600, 256]);
        void Check()
        {
            using var mode = no_grad();
            Assert.Equal(PointwiseLinear.IsOffered, PointwiseLinear.Pays(input, layer.weight, layer.bias));
            Near.Equal(input.to(ScalarType.Float64).matmul(layer.weight.to(ScalarType.Float64).t()) + layer.bias!.to(ScalarType.Float64), layer.call(input), 1e-3);
        }
        Check();
        using var optimizer = optim.SGD(layer.parameters(), 0.01);
        layer.call(input).sum().backward();
        optimizer.step();
        Check();
        using (no_grad()) layer.weight.copy_(randn([300, 256]));
        Check();
        layer.load_state_dict(nn.Linear(256, 300).state_dict());
        Check();
        layer.weight.bytes.Clear();
        Check();
        Near.Same(layer.bias!, layer.call(input)[0]);
        layer.weight = nn.Parameter(randn([300, 256]));
        Check();
    }

    [Fact]
    public void It_takes_inputs_and_weights_that_lie_askew_in_memory()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (input, weight) = (randn([2, 256, 400]).transpose(1, 2), randn([256, 300]).t());
        var expected = input.to(ScalarType.Float64).matmul(weight.to(ScalarType.Float64).t());
        Assert.Equal(PointwiseLinear.IsOffered, PointwiseLinear.Pays(input, weight.contiguous(), null));
        Assert.False(PointwiseLinear.Pays(input, weight, null));
        Near.Equal(expected, F.linear(input, weight), 1e-4);
        Near.Equal(expected, F.linear(input, weight.contiguous()), 1e-4);
    }

    [Fact]
    public void Other_types_shapes_and_errors_go_the_usual_way()
    {
        using var scope = NewDisposeScope();
        Assert.False(PointwiseLinear.Pays(randn([10, 256]), randn([300, 256]), null));
        Assert.False(PointwiseLinear.Pays(randn([600, 256], dtype: ScalarType.Float64), randn([300, 256], dtype: ScalarType.Float64), null));
        Assert.False(PointwiseLinear.Pays(randn([600, 255]), randn([300, 256]), null));
        var half = F.linear(randn([600, 256]).bfloat16(), randn([300, 256]).bfloat16());
        Assert.Equal(ScalarType.BFloat16, half.dtype);
        Assert.ThrowsAny<Exception>(() => F.linear(randn([600, 255]), randn([300, 256])));
        Assert.ThrowsAny<Exception>(() => F.linear(randn([600, 256]), randn([300, 256]), randn([299])));
    }

    [Fact]
    public void It_leaves_nothing_behind()
    {
        using var input = randn([600, 256]);
        using var layer = nn.Linear(256, 300);
        var before = LiveTensors.Count;
        for (var i = 0; i < 3; i++)
        {
            using var output = layer.call(input);
            Assert.Equal(before + 1, LiveTensors.Count);
        }
        Assert.Equal(before, LiveTensors.Count);
    }
}
