using static Affect.Tests.Encoders.TinyHubert;

namespace Affect.Tests.Conformance;

/// <summary>What holds of every encoder of sound.</summary>
public sealed class SoundEncoderTests
{
    private static readonly Dictionary<string, Func<Subject<IEncoder>>> All = new()
    {
        ["HuBERT base"] = () => new(HubertModel.Random(Base with { HiddenDropout = 0.5, LayerDrop = 0.5 }, seed: 1), "encoder.layers.2.feed_forward.output_dense.weight"),
        ["HuBERT large"] = () => new(HubertModel.Random(Large with { HiddenDropout = 0.5, LayerDrop = 0.5 }, seed: 1), "encoder.layers.2.feed_forward.output_dense.weight"),
        ["MFCC"] = () => new(new MfccEncoder()),
        ["clip vector"] = ClipVector,
        ["written in a cell"] = () => new(new CellSpeech(), "blocks.1.mlp.fc2.weight"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void Every_encoder_of_the_library_is_in_the_list() => Subject<IEncoder>.CoverLibrary(All.Values);

    [Theory]
    [MemberData(nameof(Names))]
    public void There_is_one_state_more_than_layers_each_of_the_same_frames(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        var states = encoder.Encode(Waveform(2, 8000), Lengths(8000, 8000));
        Assert.Equal(encoder.Layers + 1, states.Layers.Count);
        var frames = states.FrameLengths.data<long>().ToArray();
        Assert.True(frames[0] > 0 && frames[0] == frames[1]);
        Assert.All(states.Layers, layer => Assert.Equal([2, frames[0], encoder.HiddenSize], layer.shape));
        Assert.All(states.Layers, layer => Assert.Equal(ScalarType.Float32, layer.dtype));
        Assert.All(states.Layers, layer => Assert.False(layer.requires_grad));
        Assert.True(states.Layers.All(layer => layer.isfinite().all().ToBoolean()));
        Assert.Equal((16_000, false), (encoder.SampleRate, string.IsNullOrEmpty(encoder.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stopping_early_gives_the_same_states_and_layers_that_there_are_not_are_refused(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var (encoder, waveform, lengths) = (subject.Encoder, Waveform(1, 8000), Lengths(8000));
        var whole = encoder.Encode(waveform, lengths);
        for (var last = 0; last <= encoder.Layers; last++)
        {
            var part = encoder.Encode(waveform, lengths, last);
            Assert.Equal(last + 1, part.Layers.Count);
            Assert.Equal(0, Subject<IEncoder>.Difference(part, whole));
        }
        foreach (var wrong in new[] { -1, encoder.Layers + 1 })
        {
            Subject<IEncoder>.Refuses<ArgumentOutOfRangeException>(() => encoder.Encode(waveform, lengths, wrong));
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(waveform, lengths, wrong));
            Assert.StartsWith($"lastLayer must be between 0 and {encoder.Layers}.", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_sound_gives_the_same_states_each_time_and_in_training_mode(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        using var same = All[name]();
        var (encoder, waveform, lengths) = (subject.Encoder, Waveform(2, 8000), Lengths(8000, 8000));
        var states = encoder.Encode(waveform, lengths);
        Assert.Equal(0, Subject<IEncoder>.Difference(states, encoder.Encode(waveform, lengths)));
        Assert.Equal(0, Subject<IEncoder>.Difference(states, same.Encoder.Encode(waveform, lengths)));
        if (encoder is not nn.Module model) return;
        model.train();
        Assert.Equal(0, Subject<IEncoder>.Difference(states, encoder.Encode(waveform, lengths)));
        Assert.True(model.training);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_clip_in_a_padded_batch_is_as_it_is_alone_or_the_batch_is_refused(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var (encoder, batch, lengths) = (subject.Encoder, Waveform(2, 9000), Lengths(9000, 5300));
        if (encoder.NeedsEqualLengths)
        {
            Assert.Contains("lengths must all be equal", Assert.Throws<ArgumentException>(() => encoder.Encode(batch, lengths)).Message, StringComparison.Ordinal);
            var cut = encoder.Encode(batch.narrow(1, 0, 5300), Lengths(5300, 5300));
            Assert.Equal(0, Subject<IEncoder>.Difference(cut, encoder.Encode(batch, Lengths(5300, 5300))));
            return;
        }
        var (together, alone) = (encoder.Encode(batch, lengths), encoder.Encode(batch[1].narrow(0, 0, 5300).unsqueeze(0), Lengths(5300)));
        var frames = alone.FrameLengths.data<long>().ToArray()[0];
        Assert.Equal(frames, together.FrameLengths.data<long>().ToArray()[1]);
        batch[1].narrow(0, 5300, 3700).fill_(0.7f);
        var loud = encoder.Encode(batch, lengths); // what lies in the padding counts for nothing
        for (var layer = 0; layer <= encoder.Layers; layer++)
        {
            var state = together.Layers[layer][1].narrow(0, 0, frames);
            Assert.InRange(LargestDifference(state, alone.Layers[layer][0]), 0, 1e-5);
            Assert.InRange(LargestDifference(state, loud.Layers[layer][1].narrow(0, 0, frames)), 0, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_shortest_clip_gives_a_frame_and_a_shorter_one_or_another_shape_an_error(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var (encoder, least) = (subject.Encoder, subject.Encoder.MinimumSamples);
        var states = encoder.Encode(Waveform(1, least), Lengths(least));
        Assert.All(states.Layers, layer => Assert.Equal([1, 1, encoder.HiddenSize], layer.shape));
        var (waveform, lengths) = (Waveform(1, least), Lengths(least - 1));
        Subject<IEncoder>.Refuses<ArgumentException>(() => encoder.Encode(waveform, lengths));
        var (flat, right) = (waveform[0], Lengths(least));
        Subject<IEncoder>.Refuses<ArgumentException>(() => encoder.Encode(flat, right));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_weight_is_another_fingerprint_and_gives_other_states(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        using var same = All[name]();
        var fingerprint = subject.Encoder.Fingerprint;
        Assert.Equal(same.Encoder.Fingerprint, fingerprint);
        var states = subject.Encoder.Encode(Waveform(1, 8000), Lengths(8000));
        if (!subject.ChangeWeight()) return;
        Assert.NotEqual(fingerprint, subject.Encoder.Fingerprint);
        Assert.NotEqual(0, Subject<IEncoder>.Difference(states, subject.Encoder.Encode(Waveform(1, 8000), Lengths(8000))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind_whether_it_works_or_not(string name)
    {
        using var subject = All[name]();
        using var waveform = Waveform(2, 4000);
        using var lengths = Lengths(4000, 4000);
        subject.LeavesNoTensor(() => subject.Encoder.Encode(waveform, lengths).Dispose());
    }

    private static Subject<IEncoder> ClipVector()
    {
        using var folder = new TemporaryFolder();
        var frozen = HubertModel.Random(Large, seed: 1);
        Adapters.ClipVectorEncoderTests.Adapt(frozen, folder.Path, seed: 1);
        return new(ClipVectorEncoder.Load(frozen, folder.Path), LateWeight: null, frozen);
    }
}
