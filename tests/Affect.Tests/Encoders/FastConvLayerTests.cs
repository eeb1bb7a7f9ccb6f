using static Affect.Tests.Encoders.TinyHubert;

namespace Affect.Tests.Encoders;

/// <summary>The fast way through HuBERT's convolutions beside the layers as they are written.</summary>
public sealed class FastConvLayerTests
{
    // Wide enough for products that LinearMap hands to oneDNN.
    private static readonly int[] Channels = [64, 64, 64, 64, 64, 64, 64];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_float32_both_are_equal_but_for_rounding(int clips)
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base with { ConvChannels = Channels }, seed: 1);
        var (fast, plain) = Both(model, Waveform(clips, 16_000));
        Assert.NotEqual(0, LargestDifference(fast, plain));
        Assert.InRange(LargestDifference(fast, plain) / plain.abs().max().ToDouble(), 0, 1e-5);
    }

    // The variance of what a filter lets through is then a small difference of large numbers.
    [Fact]
    public void Where_a_clip_is_far_from_zero_and_hardly_moves_the_fast_way_is_no_further_from_float64_than_the_plain_one()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base with { ConvChannels = Channels }, seed: 1);
        using var wide = HubertModel.Random(model.Config, seed: 1, dtype: ScalarType.Float64);
        foreach (var (ours, theirs) in model.parameters().Zip(wide.parameters())) theirs.copy_(ours);
        var input = Waveform(2, 16_000) * 0.01 + 1;
        var (fast, plain) = Both(model, input);
        var exact = wide.Features(input.to(float64)).to(float32);
        Assert.InRange(LargestDifference(fast, exact), 0, LargestDifference(plain, exact));
        Assert.InRange(LargestDifference(fast, exact) / exact.abs().max().ToDouble(), 0, 1e-3);
    }

    [Fact]
    public void Silence_is_the_same()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base with { ConvChannels = Channels }, seed: 1);
        var (fast, plain) = Both(model, zeros(2, 16_000));
        Assert.InRange(LargestDifference(fast, plain), 0, 1e-6);
    }

    [Fact]
    public void In_bfloat16_the_fast_way_is_about_as_far_from_float32_as_the_plain_one()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base with { ConvChannels = Channels }, seed: 1);
        using var rough = HubertModel.Random(model.Config, seed: 1, dtype: ScalarType.BFloat16);
        var input = Waveform(2, 16_000);
        model.IsPlain = true;
        var exact = model.Features(input);
        var (fast, plain) = Both(rough, input);
        Assert.NotEqual(0, LargestDifference(fast, plain));
        var (fastError, plainError) = (Error(fast), Error(plain));
        Assert.True(fastError < 1.5 * plainError, $"{fastError} is much above {plainError}");
        Assert.InRange(plainError, 0, 0.02);

        double Error(Tensor output) => ((output.to(float32) - exact).square().mean() / exact.square().mean()).sqrt().ToDouble();
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Large_models_have_the_plain_way_only(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Large with { ConvChannels = Channels }, seed: 1, dtype: type);
        var (fast, plain) = Both(model, Waveform(2, 16_000));
        Assert.Equal(0, LargestDifference(fast, plain));
    }

    [Fact]
    public void What_trains_goes_the_plain_way_and_has_its_gradients()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base with { ConvChannels = Channels }, seed: 1);
        foreach (var parameter in model.parameters()) parameter.requires_grad = true;
        var (fast, plain) = Both(model, Waveform(1, 8_000));
        Assert.Equal(0, LargestDifference(fast, plain));
        var weights = model.named_parameters()
            .Where(named => named.name.StartsWith("feature_extractor.", StringComparison.Ordinal)).Select(named => named.parameter);
        Assert.All(fast.square().sum().Gradients([.. weights]), gradient => Assert.NotEqual(0, gradient.abs().max().ToDouble()));
        using var noGrad = no_grad();
        Assert.NotEqual(0, LargestDifference(model.Features(Waveform(1, 8_000)), fast));
    }

    private static (Tensor Fast, Tensor Plain) Both(HubertModel model, Tensor input)
    {
        var own = input.to(model.parameters().First(parameter => parameter.dim() == 1).dtype);
        model.IsPlain = false;
        var fast = model.Features(own);
        model.IsPlain = true;
        var plain = model.Features(own);
        model.IsPlain = false;
        return (fast, plain);
    }
}
