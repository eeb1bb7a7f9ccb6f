using static Affect.Tests.Encoders.TinyVision;

namespace Affect.Tests.Conformance;

/// <summary>What holds of every encoder of pictures.</summary>
public sealed class VisualEncoderTests
{
    private static readonly Dictionary<string, Func<Subject<IVisualEncoder>>> All = new()
    {
        ["CLIP"] = () => new(CLIPModel.Random(CLIP, seed: 1), "visual_projection.weight"),
        ["ViT"] = () => new(VitModel.Random(Vit with { Dropout = 0.5 }, seed: 1), "pooler.dense.weight"),
        ["written in a cell"] = () => new(new CellEncoders.Colours()),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> Kinds => ["clip", "vit"];

    [Fact]
    public void Every_encoder_of_the_library_is_in_the_list() => Subject<IVisualEncoder>.CoverLibrary(All.Values);

    [Theory]
    [MemberData(nameof(Names))]
    public void There_is_one_state_more_than_layers_a_class_token_and_a_feature(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        var states = encoder.Encode(Pixels(3));

        Assert.Equal(encoder.Layers + 1, states.Layers.Count);
        Assert.All(states.Layers, layer => Assert.Equal([3, 5, encoder.HiddenSize], layer.shape));
        Assert.All(states.Layers, layer => Assert.False(layer.requires_grad));
        Assert.Equal([3, encoder.FeatureSize], states.Feature.shape);
        Assert.Equal(16, encoder.Preprocessing.Crop);
        Assert.False(string.IsNullOrEmpty(encoder.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_picture_is_the_same_alone_as_among_others_each_time_and_in_training_mode(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        using var same = All[name]();
        var (encoder, pixels) = (subject.Encoder, Pixels(3));
        var states = encoder.Encode(pixels);
        var difference = states.Feature[1] - encoder.Encode(pixels.narrow(0, 1, 1)).Feature[0];
        Assert.InRange(difference.abs().max().ToDouble(), 0, 1e-5);
        Assert.Equal(0, Subject<IVisualEncoder>.Difference(states, encoder.Encode(pixels)));
        Assert.Equal(0, Subject<IVisualEncoder>.Difference(states, same.Encoder.Encode(pixels)));
        if (encoder is not nn.Module model) return;
        model.train();
        Assert.Equal(0, Subject<IVisualEncoder>.Difference(states, encoder.Encode(pixels)));
        Assert.True(model.training);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_weight_is_another_fingerprint_and_gives_another_feature(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        using var same = All[name]();
        var (fingerprint, feature) = (subject.Encoder.Fingerprint, subject.Encoder.Encode(Pixels(2)).Feature);
        Assert.Equal(same.Encoder.Fingerprint, fingerprint);
        if (!subject.ChangeWeight()) return;
        Assert.NotEqual(fingerprint, subject.Encoder.Fingerprint);
        Assert.NotEqual(0, (feature - subject.Encoder.Encode(Pixels(2)).Feature).abs().max().ToDouble());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pictures_of_another_size_are_refused_by_name(string name)
    {
        using var subject = All[name]();
        using var wrong = zeros(1, 3, 15, 16);
        Subject<IVisualEncoder>.Refuses<ArgumentException>(() => subject.Encoder.Encode(wrong));
        var error = Assert.Throws<ArgumentException>(() => subject.Encoder.Encode(wrong));
        Assert.StartsWith("pixels", error.Message.Replace("input", "pixels", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("must be [frames, 3, size, size] = [?, 3, 16, 16], but was [1, 3, 15, 16]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind_whether_it_works_or_not(string name)
    {
        using var subject = All[name]();
        using var pixels = Pixels(2);
        subject.LeavesNoTensor(() => subject.Encoder.Encode(pixels).Dispose());
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
    public void The_fingerprint_tells_seeds_apart(string kind)
    {
        using var one = Open(kind);
        using IVisualEncoder other = kind == "clip" ? CLIPModel.Random(CLIP, seed: 2) : VitModel.Random(Vit, seed: 2);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
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
