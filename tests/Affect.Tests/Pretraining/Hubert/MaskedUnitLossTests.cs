namespace Affect.Tests.Pretraining.Hubert;

public sealed class MaskedUnitLossTests
{
    [Fact]
    public void It_is_the_hidden_frames_mean_and_half_of_the_others()
    {
        using var scope = NewDisposeScope();
        // Two units, so that a cross-entropy is ln(1 + e^difference).
        var logits = tensor(new float[] { 2, 0, 0, 1, 3, 1 }, new long[] { 3, 2 });
        var (loss, masked, unmasked, accuracy) = MaskedUnitLoss.Of(logits, tensor(new long[] { 0, 0, 1 }), tensor(new float[] { 1, 1, 0 }), 2, 1, 0.5);
        var (first, second, third) = (Math.Log(1 + Math.Exp(-2)), Math.Log(1 + Math.Exp(1)), Math.Log(1 + Math.Exp(2)));
        Assert.Equal((first + second) / 2, masked.ToDouble(), 1e-5);
        Assert.Equal(third, unmasked.ToDouble(), 1e-5);
        Assert.Equal((first + second) / 2 + third / 2, loss.ToDouble(), 1e-5);
        Assert.Equal(0.5, accuracy.ToDouble(), 1e-6);
    }

    [Fact]
    public void The_shares_of_a_batchs_pieces_add_up_to_the_batchs()
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        var (logits, units, hidden) = (randn([10, 4], generator: generator), randint(4, [10], dtype: ScalarType.Int64, generator: generator), tensor(new float[] { 1, 0, 0, 1, 1, 0, 1, 0, 0, 0 }));
        var whole = MaskedUnitLoss.Of(logits, units, hidden, 4, 6, 0.5).Loss.ToDouble();
        var parts = new[] { (0, 3), (3, 7) }.Sum(part =>
            MaskedUnitLoss.Of(logits.narrow(0, part.Item1, part.Item2), units.narrow(0, part.Item1, part.Item2), hidden.narrow(0, part.Item1, part.Item2), 4, 6, 0.5).Loss.ToDouble());
        Assert.Equal(whole, parts, 1e-5);
    }

    [Fact]
    public void A_predictors_logits_are_cosines_over_the_temperature()
    {
        using var scope = NewDisposeScope();
        using var predictor = new UnitPredictor(hiddenSize: 6, units: 3, size: 4, temperature: 0.1, new Generator(2));
        var input = randn([5, 6], generator: new Generator(4));
        var logits = predictor.call(input);
        var weights = predictor.state_dict();
        var projected = input.mm(weights["final_proj.weight"].t()) + weights["final_proj.bias"];
        for (var frame = 0; frame < 5; frame++)
        {
            for (var unit = 0; unit < 3; unit++)
            {
                var (x, e) = (projected[frame], weights["label_embs_concat"][unit]);
                Assert.Equal(x.dot(e).ToDouble() / Math.Sqrt(x.dot(x).ToDouble() * e.dot(e).ToDouble()) / 0.1, logits[frame, unit].ToDouble(), 1e-4);
            }
        }
    }
}
