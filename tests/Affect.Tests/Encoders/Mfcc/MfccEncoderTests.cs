namespace Affect.Tests.Encoders.Mfcc;

public sealed class MfccEncoderTests
{
    private static readonly MfccEncoder encoder = new();

    [Fact]
    public void A_state_is_the_coefficients_and_their_deltas()
    {
        using var scope = NewDisposeScope();
        var waveform = Noise(4000);
        using var states = encoder.Encode(waveform.unsqueeze(0), Lengths(4000));

        var state = Assert.Single(states.Layers);
        Assert.Equal([1, 23, 30], state.shape);
        Assert.Equal([23L], states.FrameLengths.data<long>().ToArray());
        var coefficients = KaldiFeatures.Mfcc(waveform, new MfccConfig { Coefficients = 15 });
        Assert.True(state[0].narrow(1, 0, 15).allclose(coefficients));
        // The slope through five frames: (2 x[t + 2] + x[t + 1] − x[t − 1] − 2 x[t − 2]) / 10.
        var slope = (coefficients[7] * 2 + coefficients[6] - coefficients[4] - coefficients[3] * 2) / 10;
        Assert.True(state[0, 5].narrow(0, 15, 15).allclose(slope, 1e-4, 1e-4));
    }

    [Fact]
    public void A_clip_is_the_same_alone_and_in_any_company()
    {
        using var scope = NewDisposeScope();
        var (longer, shorter) = (Noise(4000), Noise(1500));
        var padding = full(new long[] { 2500 }, 0.7, ScalarType.Float32);
        using var together = encoder.Encode(stack([longer, cat([shorter, padding], 0)]), Lengths(4000, 1500));
        using var alone = encoder.Encode(shorter.unsqueeze(0), Lengths(1500));
        Assert.Equal([23L, 7], together.FrameLengths.data<long>().ToArray());
        Assert.Equal(alone.Layers[0].data<float>().ToArray(), together.Layers[0][1].narrow(0, 0, 7).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Pooled_by_mean_and_deviation_a_clip_is_sixty_numbers()
    {
        using var scope = NewDisposeScope();
        using var states = encoder.Encode(Noise(4000).unsqueeze(0), Lengths(4000));
        Assert.Equal([1, 60], FramePooling.Pool(states.Layers[0], states.FrameLengths, Pooling.MeanAndDeviation).shape);
        Assert.Equal((0, 30, 16000, 400, false), (encoder.Layers, encoder.HiddenSize, encoder.SampleRate, encoder.MinimumSamples, encoder.NeedsEqualLengths));
    }

    [Fact]
    public void The_shortest_clip_gives_one_frame_and_a_shorter_one_an_error()
    {
        using var scope = NewDisposeScope();
        using var states = encoder.Encode(Noise(400).unsqueeze(0), Lengths(400));
        Assert.Equal([1, 1, 30], states.Layers[0].shape);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(Noise(400).unsqueeze(0), Lengths(399)));
        Assert.StartsWith("lengths must be between 400 and 400.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => encoder.Encode(Noise(400), Lengths(400)));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(Noise(400).unsqueeze(0), Lengths(400), lastLayer: 1));
    }

    [Fact]
    public void Silence_gives_numbers()
    {
        using var scope = NewDisposeScope();
        using var states = encoder.Encode(zeros(new long[] { 1, 1000 }), Lengths(1000));
        Assert.True(states.Layers[0].isfinite().all().item<bool>());
    }

    [Fact]
    public void Settings_enter_the_fingerprint()
    {
        Assert.Equal(encoder.Fingerprint, new MfccEncoder().Fingerprint);
        Assert.Matches("^[0-9a-f]{64}$", encoder.Fingerprint);
        Assert.NotEqual(encoder.Fingerprint, new MfccEncoder(new MfccConfig { Coefficients = 15, Lifter = 0 }).Fingerprint);
        Assert.NotEqual(encoder.Fingerprint, new MfccEncoder(new MfccConfig { Coefficients = 15, Filterbank = new FilterbankConfig { MelBins = 40 } }).Fingerprint);
    }

    private static Tensor Noise(int samples)
    {
        var random = new Random(samples);
        return tensor([.. Enumerable.Range(0, samples).Select(_ => random.NextSingle() - 0.5f)], new long[] { samples }, ScalarType.Float32);
    }

    private static Tensor Lengths(params long[] lengths) => tensor(lengths, new long[] { lengths.Length }, ScalarType.Int64);
}
