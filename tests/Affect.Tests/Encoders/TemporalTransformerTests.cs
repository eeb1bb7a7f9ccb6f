namespace Affect.Tests.Encoders;

public sealed class TemporalTransformerTests
{
    private static readonly TemporalConfig Config = new() { InputSize = 6, OutputSize = 5, HiddenSize = 8, Heads = 2, MaximumFrames = 7 };

    [Fact]
    public void What_lies_in_the_padding_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = new TemporalTransformer(Config, seed: 1);
        network.eval();
        var frames = randn([2, 7, 6], generator: new Generator(1));
        var lengths = tensor(new long[] { 7, 4 });
        var noisy = frames.clone();
        noisy[1].narrow(0, 4, 3).fill_(9f);
        var (quiet, loud) = (network.call(frames, lengths), network.call(noisy, lengths));
        Assert.Equal([2, 5], quiet.shape);
        Assert.Equal(0, (quiet - loud).abs().max().ToDouble());
        var alone = network.call(frames.narrow(0, 1, 1).narrow(1, 0, 4), tensor(new long[] { 4 }));
        Assert.InRange((alone[0] - quiet[1]).abs().max().ToDouble(), 0, 1e-5);
    }

    [Fact]
    public void The_order_of_frames_counts()
    {
        using var scope = NewDisposeScope();
        using var network = new TemporalTransformer(Config, seed: 1);
        network.eval();
        var frames = randn([1, 7, 6], generator: new Generator(1));
        var lengths = tensor(new long[] { 7 });
        Assert.True((network.call(frames, lengths) - network.call(frames.flip(1), lengths)).abs().max().ToDouble() > 1e-4);
    }

    [Fact]
    public void Gradients_reach_every_weight_and_no_tensor_is_left_behind()
    {
        using var network = new TemporalTransformer(Config, seed: 1);
        using var frames = randn([3, 5, 6], generator: new Generator(1));
        using var lengths = tensor(new long[] { 5, 2, 4 });
        using var tooLong = zeros(1, 8, 6);
        using var one = tensor(new long[] { 8 });
        void Step()
        {
            using var scope = NewDisposeScope();
            network.call(frames, lengths).square().sum().backward();
        }
        Step();
        Assert.Empty(network.named_parameters().Where(parameter => parameter.parameter.grad is null).Select(parameter => parameter.name));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) Step();
        for (var i = 0; i < 10; i++) Assert.Contains("at most 7", Assert.Throws<ArgumentException>(() => network.call(tooLong, one)).Message, StringComparison.Ordinal);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
