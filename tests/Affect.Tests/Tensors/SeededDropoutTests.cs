namespace Affect.Tests.Tensors;

[Collection(OwnGenerator.Name)]
public sealed class SeededDropoutTests
{
    [Fact]
    public void A_seed_draws_what_libtorch_draws_after_it_is_seeded_so()
    {
        using var scope = NewDisposeScope();
        var input = arange(1, 401, dtype: ScalarType.Float32).view(20, 20);
        random.manual_seed(42);
        var (first, second) = (nn.functional.dropout(input, 0.3), nn.functional.dropout(input, 0.6));
        using (SeededDropout.Seed(42))
        {
            Assert.Equal(first.data<float>(), SeededDropout.Apply(input, 0.3).data<float>());
            Assert.Equal(second.data<float>(), SeededDropout.Apply(input, 0.6).data<float>());
        }
        random.manual_seed(42);
        Assert.Equal(first.data<float>(), SeededDropout.Apply(input, 0.3).data<float>()); // nobody has brought a seed: libtorch's own
    }

    [Fact]
    public void Work_side_by_side_draws_what_it_draws_alone()
    {
        var alone = Enumerable.Range(0, 8).Select(Draw).ToArray();
        var together = new float[8][];
        Workers.Run(8, CPU, piece => together[piece] = Draw(piece));
        Assert.Equal(alone, together);
        Assert.NotEqual(alone[0], alone[1]);

        static float[] Draw(int piece)
        {
            using var scope = NewDisposeScope();
            using var dropout = SeededDropout.Seed((ulong)piece);
            var value = ones(1000);
            for (var step = 0; step < 20; step++) value = SeededDropout.Apply(value, 0.01);
            return value.data<float>().ToArray();
        }
    }

    [Fact]
    public void The_mean_stays_and_the_gradient_is_the_mask()
    {
        using var scope = NewDisposeScope();
        using var dropout = SeededDropout.Seed(7);
        var input = ones(20_000, requires_grad: true);
        var output = SeededDropout.Apply(input, 0.25);
        Assert.Equal(1, output.mean().ToDouble(), 0.02);
        output.sum().backward();
        Assert.Equal(output.data<float>(), input.grad!.data<float>());
        Assert.Equal(0, SeededDropout.Apply(input, 1).abs().sum().ToDouble());
        Assert.Equal(20_000, SeededDropout.Apply(input, 0).sum().ToDouble());
    }
}
