namespace Affect.Tests.Media;

public sealed class KaldiFeaturesTests
{
    [Fact]
    public void Filterbank_agrees_with_torchaudio()
    {
        using var scope = NewDisposeScope();
        var energies = KaldiFeatures.Filterbank(SignalGolden.Read("wave_16000"), new FilterbankConfig { MelBins = 40 });
        SignalGolden.AssertClose(SignalGolden.Read("fbank_kaldi"), energies, 1e-4);
    }

    [Fact]
    public void Cepstral_coefficients_agree_with_torchaudio()
    {
        using var scope = NewDisposeScope();
        var coefficients = KaldiFeatures.Mfcc(SignalGolden.Read("wave_16000"));
        // The lifter scales values of about 100 and float32's rounding with them: torchaudio itself is 3e-4 from the same formula in float64.
        SignalGolden.AssertClose(SignalGolden.Read("mfcc_kaldi"), coefficients, 1e-3);
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(559, 1)]
    [InlineData(560, 2)]
    [InlineData(16000, 98)]
    public void There_is_a_frame_wherever_one_fits_wholly(int samples, int frames)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(new long[] { frames, 13 }, KaldiFeatures.Mfcc(SignalGolden.Noise(samples)).shape);
    }

    [Fact]
    public void A_batch_is_its_clips_one_by_one()
    {
        using var scope = NewDisposeScope();
        var batch = SignalGolden.Noise(3, 2000);
        var together = KaldiFeatures.Mfcc(batch);
        Assert.Equal(new long[] { 3, 11, 13 }, together.shape);
        for (var clip = 0; clip < 3; clip++) SignalGolden.AssertClose(KaldiFeatures.Mfcc(batch.select(0, clip)), together.select(0, clip), 1e-3);
    }

    [Fact]
    public void Silence_and_a_constant_offset_are_both_the_floor()
    {
        using var scope = NewDisposeScope();
        var floor = Math.Log(Math.Pow(2, -23));
        SignalGolden.AssertClose(full(8, 23, (float)floor), KaldiFeatures.Filterbank(zeros(1600)), 1e-4);
        // A frame's own mean is taken off before anything else; half of full scale leaves no rounding.
        SignalGolden.AssertClose(full(8, 23, (float)floor), KaldiFeatures.Filterbank(full(1600, 0.5f)), 1e-4);
    }

    [Fact]
    public void A_tone_lies_in_the_filter_of_its_pitch()
    {
        using var scope = NewDisposeScope();
        var tone = (arange(0, 1600, 1, dtype: ScalarType.Float32) * (2 * Math.PI * 1000 / 16000)).sin();
        // Centres are even in mel: filter b of 23 has its centre at mel(20) + (b + 1) (mel(8000) - mel(20)) / 24.
        double Mel(double hertz) => 1127 * Math.Log(1 + hertz / 700);
        var nearest = (int)Math.Round((Mel(1000) - Mel(20)) / ((Mel(8000) - Mel(20)) / 24)) - 1;
        Assert.Equal(nearest, (int)KaldiFeatures.Filterbank(tone)[0].argmax().ToInt64());
    }

    [Fact]
    public void Deltas_of_a_line_are_its_slope()
    {
        using var scope = NewDisposeScope();
        var line = arange(0, 20, 1, dtype: ScalarType.Float32).unsqueeze(1) * tensor(new float[] { 1, -3 }, dtype: ScalarType.Float32);
        var deltas = KaldiFeatures.Deltas(line);
        Assert.Equal(new long[] { 20, 2 }, deltas.shape);
        Assert.Equal(1.0, deltas[10, 0].ToDouble(), 5);
        Assert.Equal(-3.0, deltas[10, 1].ToDouble(), 5);
        // At the start the first frame stands in for those before it: (1 · (1 − 0) + 2 · (2 − 0)) / 10.
        Assert.Equal(0.5, deltas[0, 0].ToDouble(), 5);
        Assert.Equal(0.0, KaldiFeatures.Deltas(ones(2, 5, 3)).abs().max().ToDouble(), 6);
    }

    [Fact]
    public void What_has_no_features_is_named()
    {
        using var scope = NewDisposeScope();
        string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
        Assert.Contains("waveform must have at least 400 samples (25 ms), but has 399.", Refused(() => KaldiFeatures.Mfcc(zeros(399))), StringComparison.Ordinal);
        Assert.Contains("waveform must be [samples] or [batch, samples], but was [1, 1, 500].", Refused(() => KaldiFeatures.Mfcc(zeros(1, 1, 500))), StringComparison.Ordinal);
        Assert.Contains("Coefficients must be at most MelBins = 23, but is 24.", Refused(() => KaldiFeatures.Mfcc(zeros(500), new MfccConfig { Coefficients = 24 })), StringComparison.Ordinal);
        Assert.Contains("between LowFrequency and 8000 Hz, but were to reach from 20 to 9000 Hz",
            Refused(() => KaldiFeatures.Filterbank(zeros(500), new FilterbankConfig { HighFrequency = 9000 })), StringComparison.Ordinal);
        Assert.Contains("MelBins must be between 4 and 1024.", Refused(() => _ = new FilterbankConfig { MelBins = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        SignalGolden.AssertKeepsNothing(() => KaldiFeatures.Mfcc(zeros(2, 800)), () => KaldiFeatures.Mfcc(zeros(399)));
        SignalGolden.AssertKeepsNothing(() => KaldiFeatures.Deltas(zeros(10, 2)), () => KaldiFeatures.Deltas(zeros(10, 2), reach: 0));
    }
}
