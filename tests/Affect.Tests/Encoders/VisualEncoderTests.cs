using static Affect.Tests.Encoders.TinyVision;

namespace Affect.Tests.Encoders;

/// <summary>What every encoder of pictures keeps to.</summary>
public sealed class VisualEncoderTests
{
    public static TheoryData<string> Kinds => ["clip", "vit"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void There_is_one_state_more_than_layers_a_class_token_and_a_feature(string kind)
    {
        using var scope = NewDisposeScope();
        using var encoder = Open(kind);
        var states = encoder.Encode(Pixels(3));

        Assert.Equal(encoder.Layers + 1, states.Layers.Count);
        Assert.All(states.Layers, layer => Assert.Equal([3, 5, 12], layer.shape));
        Assert.Equal([3, encoder.FeatureSize], states.Feature.shape);
        Assert.Equal(16, encoder.Preprocessing.Crop);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_is_the_same_alone_as_among_others(string kind)
    {
        using var scope = NewDisposeScope();
        using var encoder = Open(kind);
        var pixels = Pixels(3);
        var difference = encoder.Encode(pixels).Feature[1] - encoder.Encode(pixels.narrow(0, 1, 1)).Feature[0];
        Assert.InRange(difference.abs().max().ToDouble(), 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_saved_loads_as_the_same_encoder(string kind)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var encoder = Open(kind);
        if (encoder is CLIPModel clip) clip.SavePretrained(folder.Path);
        else ((VitModel)encoder).SavePretrained(folder.Path);
        using IVisualEncoder again = kind == "clip" ? CLIPModel.FromPretrained(folder.Path) : VitModel.FromPretrained(folder.Path);

        Assert.Equal(encoder.Fingerprint, again.Fingerprint);
        Assert.Equal(encoder.Preprocessing, again.Preprocessing);
        Assert.Equal(0, (encoder.Encode(Pixels(2)).Feature - again.Encode(Pixels(2)).Feature).abs().max().ToDouble());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_fingerprint_tells_weights_apart(string kind)
    {
        using var one = Open(kind);
        using IVisualEncoder other = kind == "clip" ? CLIPModel.Random(CLIP, seed: 2) : VitModel.Random(Vit, seed: 2);
        using var again = Open(kind);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal(one.Fingerprint, again.Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pictures_of_another_size_are_refused_by_name(string kind)
    {
        using var scope = NewDisposeScope();
        using var encoder = Open(kind);
        var error = Assert.Throws<ArgumentException>(() => encoder.Encode(zeros(1, 3, 15, 16)));
        Assert.StartsWith("pixels", error.Message.Replace("input", "pixels", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("must be [frames, 3, size, size] = [?, 3, 16, 16], but was [1, 3, 15, 16]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_tensor_is_left_behind_whether_it_works_or_not(string kind)
    {
        using var encoder = Open(kind);
        using var pixels = Pixels(2);
        using var wrong = zeros(1, 3, 15, 16);
        encoder.Encode(pixels).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) encoder.Encode(pixels).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        for (var i = 0; i < 10; i++) Assert.Throws<ArgumentException>(() => encoder.Encode(wrong));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void In_bfloat16_features_stay_near_and_are_given_in_float32(string kind)
    {
        using var scope = NewDisposeScope();
        using var wide = Open(kind);
        using IVisualEncoder narrow = kind == "clip" ? CLIPModel.Random(CLIP, seed: 1, dtype: ScalarType.BFloat16) : VitModel.Random(Vit, seed: 1, dtype: ScalarType.BFloat16);
        var (expected, ours) = (wide.Encode(Pixels(2)).Feature, narrow.Encode(Pixels(2)).Feature);
        Assert.Equal(ScalarType.Float32, ours.dtype);
        Assert.InRange((ours - expected).abs().max().ToDouble(), 1e-9, 0.05);
    }
}
