namespace Affect.Tests.Media;

public sealed class ResamplingTests
{
    [Fact]
    public void Resampling_agrees_with_torchaudio()
    {
        using var scope = NewDisposeScope();
        SignalGolden.AssertClose(SignalGolden.Read("wave_16000"), Resampling.Resample(SignalGolden.Read("wave_44100"), 44100, 16000), 1e-4);
    }

    [Theory]
    [InlineData(16000, 8000)]
    [InlineData(16000, 48000)]
    [InlineData(22050, 16000)]
    public void A_low_tone_keeps_its_pitch_and_loudness(int from, int to)
    {
        using var scope = NewDisposeScope();

        var resampled = Resampling.Resample(Tone(from), from, to);

        // The ends hear the silence around the clip; the filter passes 100 Hz to a few thousandths.
        SignalGolden.AssertClose(Tone(to).narrow(0, 100, to - 200), resampled.narrow(0, 100, to - 200), 0.005);
    }

    [Theory]
    [InlineData(1, 44100, 16000, 1)]
    [InlineData(441, 44100, 16000, 160)]
    [InlineData(442, 44100, 16000, 161)]
    [InlineData(1000, 16000, 24000, 1500)]
    public void The_length_is_rounded_up(int samples, int from, int to, int expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(new long[] { expected }, Resampling.Resample(ones(samples), from, to).shape);
    }

    [Fact]
    public void A_batch_is_its_clips_one_by_one()
    {
        using var scope = NewDisposeScope();
        var batch = SignalGolden.Noise(3, 2000);
        var together = Resampling.Resample(batch, 22050, 16000);
        for (var clip = 0; clip < 3; clip++) SignalGolden.AssertClose(Resampling.Resample(batch.select(0, clip), 22050, 16000), together.select(0, clip), 1e-6);
    }

    [Fact]
    public void The_same_rate_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var waveform = SignalGolden.Noise(100);
        SignalGolden.AssertClose(waveform, Resampling.Resample(waveform, 16000, 16000), 0);
    }

    [Fact]
    public void What_cannot_be_resampled_is_named()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("waveform must be [samples] or [batch, samples] with at least one sample, but was [2, 3, 4].", Refused(zeros(2, 3, 4), 2, 1), StringComparison.Ordinal);
        Assert.Contains("but was [0].", Refused(zeros(0), 2, 1), StringComparison.Ordinal);
        Assert.Contains("from must be at least 1.", Refused(zeros(10), 0, 1), StringComparison.Ordinal);
        Assert.Contains("44101 and 16000 Hz reduce to 44101 : 16000", Refused(zeros(10), 44101, 16000), StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind() =>
        SignalGolden.AssertKeepsNothing(() => Resampling.Resample(zeros(100), 3, 2), () => Resampling.Resample(zeros(1, 1, 1), 3, 2));

    private static Tensor Tone(int sampleRate) => (arange(0, sampleRate, 1, dtype: ScalarType.Float32) * (2 * Math.PI * 100 / sampleRate)).sin();

    private static string Refused(Tensor waveform, int from, int to) => Assert.ThrowsAny<ArgumentException>(() => Resampling.Resample(waveform, from, to)).Message;
}
