using static Affect.Tests.Encoders.TinyHubert;

namespace Affect.Tests.Encoders;

public sealed class HubertModelTests
{
    public static TheoryData<string> Styles => ["base", "large"];

    [Theory]
    [MemberData(nameof(Styles))]
    public void There_is_one_state_more_than_layers_and_a_frame_every_320_samples(string style)
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Config(style), seed: 1);
        var states = model.Encode(Waveform(2, 16_000), Lengths(16_000, 16_000));

        Assert.Equal(4, states.Layers.Count);
        Assert.All(states.Layers, layer => Assert.Equal([2, 49, 12], layer.shape));
        Assert.Equal([49L, 49], states.FrameLengths.data<long>().ToArray());
        Assert.Equal(400, model.MinimumSamples);
        Assert.Equal((3, 12, 16_000), (model.Layers, model.HiddenSize, model.SampleRate));
    }

    [Fact]
    public void With_group_norm_clips_of_several_lengths_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base, seed: 1);
        Assert.True(model.NeedsEqualLengths);
        var error = Assert.Throws<ArgumentException>(() => model.Encode(Waveform(2, 9_000), Lengths(9_000, 5_300)));
        Assert.Contains("must all be equal for a model with a group norm", error.Message, StringComparison.Ordinal);
        Assert.Contains("range from 5300 to 9000 samples", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Loudness_and_offset_of_a_clip_are_normalized_away(string style)
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Config(style), seed: 2);
        var waveform = Waveform(1, 8_000);
        var (plain, loud) = (model.Encode(waveform, Lengths(8_000)), model.Encode((waveform * 3) + 0.05, Lengths(8_000)));
        Assert.InRange(LargestDifference(plain.Layers[3], loud.Layers[3]), 0, 1e-3);
    }

    [Fact]
    public void Clips_that_are_too_short_or_longer_than_the_batch_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Large, seed: 1);
        var tooShort = Assert.Throws<ArgumentException>(() => model.Encode(Waveform(2, 900), Lengths(900, 399)));
        Assert.Contains("at least 400 samples each (25 ms, one frame), but the shortest clip has 399", tooShort.Message, StringComparison.Ordinal);
        var tooLong = Assert.Throws<ArgumentException>(() => model.Encode(Waveform(1, 900), Lengths(901)));
        Assert.Contains("at most the batch's 900 samples, but the longest is 901", tooLong.Message, StringComparison.Ordinal);
        var flat = Assert.Throws<ArgumentException>(() => model.Encode(Waveform(1, 900)[0], Lengths(900)));
        Assert.Contains("waveform must be [batch, samples] = [?, ?], but was [900]", flat.Message, StringComparison.Ordinal);
        var many = Assert.Throws<ArgumentException>(() => model.Encode(Waveform(1, 900), Lengths(900, 900)));
        Assert.Contains("lengths must be [batch] = [1], but was [2]", many.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_and_another_another()
    {
        using var one = HubertModel.Random(Base, seed: 5);
        using var same = HubertModel.Random(Base, seed: 5);
        using var other = HubertModel.Random(Base, seed: 6);
        Assert.Equal(one.Fingerprint, same.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Matches("^[0-9a-f]{64}$", one.Fingerprint);
    }

    [Fact]
    public void A_changed_weight_changes_the_fingerprint_and_the_states_even_after_a_first_use()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base, seed: 5);
        var (waveform, lengths) = (Waveform(1, 8_000), Lengths(8_000));
        foreach (var name in new[] { "encoder.pos_conv_embed.conv.weight_v", "feature_extractor.conv_layers.2.conv.weight", "encoder.layers.1.attention.q_proj.weight" })
        {
            var (before, fingerprint) = (model.Encode(waveform, lengths), model.Fingerprint);
            using (no_grad()) model.state_dict()[name].mul_(1.5).add_(0.1);
            Assert.NotEqual(fingerprint, model.Fingerprint);
            Assert.True(LargestDifference(before.Layers[3], model.Encode(waveform, lengths).Layers[3]) > 1e-3, name);
        }
    }

    [Fact]
    public void Random_weights_are_spread_as_in_transformers()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(HubertConfig.Base with { Layers = 1 }, seed: 1);
        var weights = model.state_dict();
        Assert.Equal(0.02, weights["encoder.layers.0.attention.q_proj.weight"].std().ToDouble(), 3);
        Assert.Equal(Math.Sqrt(2.0 / (512 * 3)), weights["feature_extractor.conv_layers.1.conv.weight"].std().ToDouble(), 3);
        var v = weights["encoder.pos_conv_embed.conv.weight_v"];
        Assert.Equal(1 / Math.Sqrt(48 * 128), v.max().ToDouble(), 4);
        Assert.Equal(v.pow(2).sum([0, 1], keepdim: true).sqrt().sum().ToDouble(), weights["encoder.pos_conv_embed.conv.weight_g"].sum().ToDouble(), 2);
        Assert.Equal(0, weights["encoder.layers.0.feed_forward.output_dense.bias"].abs().max().ToDouble());
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Bfloat16_points_the_same_way_as_float32(string style)
    {
        using var scope = NewDisposeScope();
        using var exact = HubertModel.Random(Config(style), seed: 4);
        using var rough = HubertModel.Random(Config(style), seed: 4, dtype: ScalarType.BFloat16);
        var (waveform, lengths) = (Waveform(2, 16_000), Lengths(16_000, 16_000));
        var (a, b) = (exact.Encode(waveform, lengths), rough.Encode(waveform, lengths));
        for (var layer = 0; layer <= 3; layer++)
        {
            Assert.Equal(ScalarType.Float32, b.Layers[layer].dtype);
            var (x, y) = (a.Layers[layer].mean([1]), b.Layers[layer].mean([1]));
            var cosine = ((x * y).sum([1]) / ((x * x).sum([1]) * (y * y).sum([1])).sqrt()).min().ToDouble();
            Assert.InRange(cosine, 0.995, 1.000001); // twelve numbers wide: rounding does not average out as it does in 768
        }
        Assert.NotEqual(exact.Fingerprint, rough.Fingerprint);
    }

    [Fact]
    public void Training_mode_does_not_reach_the_states_and_is_restored()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base with { HiddenDropout = 0.5, LayerDrop = 0.5 }, seed: 4);
        var (waveform, lengths) = (Waveform(1, 8_000), Lengths(8_000));
        var evaluated = model.Encode(waveform, lengths);
        model.train();
        var trained = model.Encode(waveform, lengths);
        Assert.Equal(0, LargestDifference(evaluated.Layers[3], trained.Layers[3]));
        Assert.True(model.training);
        Assert.True(LargestDifference(evaluated.Layers[3], model.call(waveform, lengths).Layers[3]) > 1e-3);
    }

    [Fact]
    public void States_can_be_trained_upon_and_gradients_reach_unfrozen_weights_only()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(Base, seed: 4);
        var states = model.Encode(Waveform(1, 8_000), Lengths(8_000));
        Assert.False(states.Layers[3].requires_grad);
        var head = ones([12]).requires_grad_();
        (states.Layers[3] * head).sum().backward();
        Assert.NotNull(head.grad);

        var (name, chosen) = model.named_parameters().First(parameter => parameter.name.EndsWith("layers.2.attention.v_proj.weight", StringComparison.Ordinal));
        chosen.requires_grad = true;
        model.call(Waveform(1, 8_000), null).Layers[3].pow(2).sum().backward();
        Assert.True(chosen.grad is not null && chosen.grad.abs().max().ToDouble() > 0, name);
        Assert.All(model.named_parameters().Where(parameter => parameter.name != name), parameter => Assert.True(parameter.parameter.grad is null, parameter.name));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Wrong_calls_of_the_network_leave_no_tensor(string style)
    {
        using var model = HubertModel.Random(Config(style), seed: 1);
        using var waveform = Waveform(2, 4_000);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) Assert.Throws<ArgumentException>(() => model.call(waveform, waveform));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void The_base_preset_has_the_published_number_of_weights()
    {
        using var model = HubertModel.Random(HubertConfig.Base, seed: 1);
        // torchaudio 0.13's hubert_base has 94,370,944; here the mask embedding is one of them.
        Assert.Equal(94_370_944 + 768, model.parameters().Sum(parameter => parameter.numel()));
    }

    private static HubertConfig Config(string style) => style == "base" ? Base : Large;
}
