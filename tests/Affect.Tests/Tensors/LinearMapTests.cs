namespace Affect.Tests.Tensors;

[Collection(OwnGenerator.Name)]
public sealed class LinearMapTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator generator = new(1);

    public void Dispose()
    {
        generator.Dispose();
        scope.Dispose();
    }

    // The second is large enough to be computed as a convolution where no gradients are wanted.
    [Theory]
    [InlineData(3, 5, 4, true)]
    [InlineData(64, 512, 640, true)]
    [InlineData(64, 512, 640, false)]
    public void Products_and_gradients_are_those_of_a_linear_layer(long rows, long inputs, long outputs, bool hasBias)
    {
        var map = new LinearMap(inputs, outputs, hasBias);
        var input = randn([2, rows, inputs], generator: generator).requires_grad_();
        var (plainInput, plainWeight, plainBias) = (input.detach().clone().requires_grad_(), map.weight.detach().clone().requires_grad_(), map.bias?.detach().clone().requires_grad_());
        var output = map.call(input);
        var plain = F.linear(plainInput, plainWeight, plainBias);
        Assert.Equal([2, rows, outputs], output.shape);
        Near(plain, output);
        output.square().sum().backward();
        plain.square().sum().backward();
        Near(plainInput.grad!, input.grad!);
        Near(plainWeight.grad!, map.weight.grad!);
        if (hasBias) Near(plainBias!.grad!, map.bias!.grad!);
        using (no_grad()) Near(plain, map.call(input.detach()));
    }

    [Fact]
    public void Axes_that_do_not_lie_in_order_in_memory_are_read_in_order()
    {
        var map = new LinearMap(512, 640);
        using var noGrad = no_grad();
        var input = randn([2, 512, 64], generator: generator).transpose(1, 2);
        Near(F.linear(input, map.weight, map.bias), map.call(input));
    }

    [Fact]
    public void A_map_that_changes_its_format_computes_with_the_weights_that_it_gives_out()
    {
        var map = new LinearMap(3, 2);
        var before = map.weight;
        map.to(float64);
        Assert.True(before.IsInvalid);
        Assert.Equal(float64, map.weight.dtype);
        using (no_grad())
            foreach (var (_, parameter) in map.named_parameters()) parameter.fill_(2);
        Assert.Equal([8.0, 8.0], map.call(ones([1, 3], dtype: float64)).data<double>().ToArray());
        Assert.Equal(["weight", "bias"], map.state_dict().Keys);
    }

    [Fact]
    public void A_seed_gives_the_weights_of_a_linear_layer()
    {
        random.manual_seed(5);
        var map = new LinearMap(7, 3);
        random.manual_seed(5);
        var plain = nn.Linear(7, 3);
        Assert.Equal(plain.weight.data<float>().ToArray(), map.weight.data<float>().ToArray(), (one, other) => Math.Abs(one - other) < 1e-7);
        Assert.Equal(plain.bias!.data<float>().ToArray(), map.bias!.data<float>().ToArray(), (one, other) => Math.Abs(one - other) < 1e-7);
    }

    [Fact]
    public void Nothing_of_a_map_that_is_gone_lives_on()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new LinearMap(3, 2).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void An_input_of_another_width_is_an_error() =>
        Assert.ThrowsAny<Exception>(() => new LinearMap(512, 640).call(zeros(64, 511)));

    private static void Near(Tensor expected, Tensor actual)
    {
        var largest = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5f * largest);
    }
}
