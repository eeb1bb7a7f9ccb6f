namespace Affect.Tests.Conformance;

/// <summary>What holds of every speech network whose layers can adapt: its ways to a state agree, wherever one begins.</summary>
public sealed class SpeechTransformerTests
{
    private const int Samples = 8000;

    private static readonly Dictionary<string, Func<Subject<ISpeechTransformer>>> All = new()
    {
        ["HuBERT base"] = () => new(HubertModel.FromPretrained(Repository.Golden("hubert-base-tiny"))),
        ["HuBERT large"] = () => new(HubertModel.FromPretrained(Repository.Golden("hubert-large-tiny"))),
        ["written in a cell"] = () => new(new CellSpeech()),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void Every_speech_transformer_of_the_library_is_in_the_list() => Subject<ISpeechTransformer>.CoverLibrary(All.Values);

    [Theory]
    [MemberData(nameof(Names))]
    public void Running_on_from_the_front_end_or_from_any_state_is_running_the_whole(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var subject = All[name]();
        var (encoder, waveform, lengths) = (subject.Encoder, TinyHubert.Waveform(2, Samples), TinyHubert.Lengths(Samples, Samples));
        var whole = encoder.Encode(waveform, lengths).Layers;
        Same(whole, encoder.FromFeatures(encoder.FrontEnd(waveform), null));
        for (var layer = 0; layer <= encoder.Layers; layer++)
        {
            var state = encoder.Encode(waveform, lengths, layer).Layers[layer];
            var above = encoder.FromState(state, layer, null);
            Assert.Same(state, above[0]);
            Same([.. whole.Skip(layer)], above);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.FromState(whole[0], encoder.Layers + 1, null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_clip_padded_above_the_front_end_or_above_a_state_is_as_it_is_alone(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var subject = All[name]();
        var (encoder, clip) = (subject.Encoder, TinyHubert.Waveform(1, 5300));
        var (features, frames) = (encoder.FrontEnd(clip), encoder.Frames(5300));
        var alone = encoder.FromFeatures(features, null);
        var lengths = TinyHubert.Lengths(encoder.Frames(Samples), frames);
        foreach (var padding in new[] { 0.0, 0.7 }) // what lies in the padding counts for nothing
        {
            Same(alone, encoder.FromFeatures(Beside(features, encoder.FrontEnd(TinyHubert.Waveform(1, Samples, seed: 2)), padding), lengths));
            for (var layer = 0; layer <= encoder.Layers; layer++)
            {
                var longer = encoder.Encode(TinyHubert.Waveform(1, Samples, seed: 2), TinyHubert.Lengths(Samples), layer).Layers[layer];
                Same([.. alone.Skip(layer)], encoder.FromState(Beside(alone[layer], longer, padding), layer, lengths));
            }
        }

        void Same(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> padded) =>
            SpeechTransformerTests.Same(expected, [.. padded.Select(state => state.narrow(0, 1, 1).narrow(1, 0, frames))]);

        // The longer clip, then the shorter one padded to its length.
        static Tensor Beside(Tensor one, Tensor longer, double padding) =>
            cat([longer, nn.functional.pad(one, [0, 0, 0, longer.shape[1] - one.shape[1]], value: padding)], 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Frames_are_as_many_as_it_says_and_the_front_end_needs_no_gradient_and_no_mode(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        foreach (var samples in new[] { encoder.MinimumSamples, encoder.MinimumSamples + 319, encoder.MinimumSamples + 320, Samples })
        {
            using var states = encoder.Encode(TinyHubert.Waveform(1, samples), TinyHubert.Lengths(samples));
            var front = encoder.FrontEnd(TinyHubert.Waveform(1, samples));
            Assert.Equal(encoder.Frames(samples), states.FrameLengths.ToInt64());
            Assert.Equal([1, encoder.Frames(samples), encoder.FrontSize], front.shape);
            Assert.Equal((ScalarType.Float32, false), (front.dtype, front.requires_grad));
        }
        Assert.Equal(1, encoder.Frames(encoder.MinimumSamples));
        var before = encoder.FrontEnd(TinyHubert.Waveform(1, Samples));
        encoder.Network.train();
        foreach (var parameter in encoder.Network.parameters()) parameter.requires_grad = true;
        var trained = encoder.FrontEnd(TinyHubert.Waveform(1, Samples));
        Assert.False(trained.requires_grad);
        Assert.Equal(0, TinyHubert.LargestDifference(before, trained));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_a_hidden_frame_nothing_is_known(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        var features = encoder.FrontEnd(TinyHubert.Waveform(1, Samples));
        var isHidden = arange(features.shape[1]).ge(4).logical_and(arange(features.shape[1]).lt(9)).unsqueeze(0);
        var other = where(isHidden.unsqueeze(2), features.flip(2), features);
        var (seen, hidden) = (encoder.FromFeatures(features, null), encoder.FromFeatures(features, null, isHidden));
        Same(hidden, encoder.FromFeatures(other, null, isHidden));
        Assert.True(TinyHubert.LargestDifference(seen[^1], encoder.FromFeatures(other, null)[^1]) > 1e-3);
        Assert.True(TinyHubert.LargestDifference(seen[^1], hidden[^1]) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_weight_is_in_the_fingerprint_of_training_and_those_that_are_tuned_in_the_other(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        foreach (var (weight, parameter) in encoder.Network.named_parameters())
        {
            var (states, training) = (encoder.Fingerprint, encoder.TrainingFingerprint);
            parameter.add_(0.1);
            Assert.NotEqual(training, encoder.TrainingFingerprint);
            if (encoder.Tunes(weight)) Assert.NotEqual(states, encoder.Fingerprint);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_copy_is_frozen_and_its_own(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        using (no_grad())
            foreach (var parameter in encoder.Network.parameters()) parameter.mul_(1.1); // not what it was made with
        using var copy = encoder.Copy();
        Assert.Equal((encoder.Fingerprint, encoder.TrainingFingerprint, encoder.Name), (copy.Fingerprint, copy.TrainingFingerprint, copy.Name));
        Assert.False(copy.Network.training);
        Assert.All(copy.Network.parameters(), parameter => Assert.False(parameter.requires_grad));
        var (waveform, lengths) = (TinyHubert.Waveform(1, Samples), TinyHubert.Lengths(Samples));
        var states = encoder.Encode(waveform, lengths);
        Assert.Equal(0, Subject<ISpeechTransformer>.Difference(states, copy.Encode(waveform, lengths)));
        using (no_grad())
            foreach (var parameter in copy.Network.parameters()) parameter.add_(0.1);
        Assert.Equal(0, Subject<ISpeechTransformer>.Difference(states, encoder.Encode(waveform, lengths)));
        Assert.NotEqual(encoder.Fingerprint, copy.Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_tuned_lies_above_the_front_end_and_all_of_it_learns(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        var features = encoder.FrontEnd(TinyHubert.Waveform(1, Samples));
        foreach (var (weight, parameter) in encoder.Network.named_parameters()) parameter.requires_grad = encoder.Tunes(weight);
        encoder.FromFeatures(features, null)[^1].pow(3).sum().backward();
        foreach (var (weight, parameter) in encoder.Network.named_parameters())
            Assert.True(parameter.grad is not null == encoder.Tunes(weight), weight);
        using var noGrad = no_grad();
        foreach (var (_, parameter) in encoder.Network.named_parameters().Where(named => encoder.Tunes(named.name))) parameter.add_(0.1);
        Assert.Equal(0, TinyHubert.LargestDifference(features, encoder.FrontEnd(TinyHubert.Waveform(1, Samples))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Adapters_find_its_blocks_and_the_maps_in_them(string name)
    {
        using var subject = All[name]();
        foreach (var method in new AdapterConfig[] { new BottleneckConfig { Width = 2 }, new LoraConfig { Rank = 2 } })
        {
            using var adapter = method.InsertInto(subject.Encoder.Network);
            Assert.Equal(Enumerable.Range(1, subject.Encoder.Layers), adapter.Layers);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_saves_holds_every_weight_by_its_name(string name)
    {
        using var folder = new TemporaryFolder();
        using var subject = All[name]();
        using var copy = subject.Encoder.Copy();
        using (no_grad())
            foreach (var parameter in copy.Network.parameters()) parameter.add_(0.1);
        subject.Encoder.SavePretrained(folder.Path);
        using (var file = Checkpoint.Open(folder.Path)) WeightLoader.Load(copy.Network.state_dict(), file, NameMap.Identity);
        Assert.Equal(subject.Encoder.TrainingFingerprint, copy.TrainingFingerprint);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind(string name)
    {
        using var subject = All[name]();
        var encoder = subject.Encoder;
        using var waveform = TinyHubert.Waveform(2, Samples);
        using var features = encoder.FrontEnd(waveform);
        using var hidden = zeros(features.shape[..2], dtype: ScalarType.Bool);
        using var lengths = TinyHubert.Lengths(features.shape[1], 3);
        subject.LeavesNoTensor(() =>
        {
            encoder.FrontEnd(waveform).Dispose();
            var states = encoder.FromFeatures(features, lengths, hidden);
            foreach (var above in encoder.FromState(states[1], 1, lengths).Skip(1)) above.Dispose();
            foreach (var state in states) state.Dispose();
        });
    }

    private static void Same(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> states)
    {
        Assert.Equal(expected.Count, states.Count);
        foreach (var (one, other) in expected.Zip(states)) Assert.InRange(TinyHubert.LargestDifference(one, other), 0, 1e-5);
    }
}
