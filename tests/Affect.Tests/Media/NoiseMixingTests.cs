namespace Affect.Tests.Media;

public sealed class NoiseMixingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-5)]
    public void The_noise_is_as_loud_as_the_ratio_asks(double decibels)
    {
        using var scope = NewDisposeScope();
        var speech = SignalGolden.Noise(1000) * 0.3;
        var added = NoiseMixing.AtRatio(speech, SignalGolden.Noise(300) * 7, decibels, start: 250) - speech;

        var ratio = 10 * Math.Log10(speech.pow(2).mean().ToDouble() / added.pow(2).mean().ToDouble());
        Assert.Equal(decibels, ratio, tolerance: 0.01);
        // Noise that is too short goes round.
        SignalGolden.AssertClose(added.narrow(0, 0, 300), added.narrow(0, 300, 300), 1e-5);
    }

    [Fact]
    public void Silence_has_no_ratio()
    {
        using var scope = NewDisposeScope();
        string Refused(Tensor speech, Tensor noise) => Assert.ThrowsAny<ArgumentException>(() => NoiseMixing.AtRatio(speech, noise, 5)).Message;
        Assert.Contains("noise must not be silent: no gain gives a ratio of 5 dB.", Refused(ones(10), zeros(10)), StringComparison.Ordinal);
        Assert.Contains("waveform must not be silent", Refused(zeros(10), ones(10)), StringComparison.Ordinal);
        Assert.Contains("must hold samples, but have 10 and 0.", Refused(ones(10), zeros(0)), StringComparison.Ordinal);
        Assert.Contains("noise must be [samples] = [?], but was [1, 10].", Refused(ones(10), ones(1, 10)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_that_is_not_a_number_becomes_no_gain()
    {
        using var scope = NewDisposeScope();
        var broken = tensor(new[] { 0.1f, 0.2f, float.NaN, float.PositiveInfinity });
        string Refused(Tensor speech, Tensor noise) => Assert.ThrowsAny<ArgumentException>(() => NoiseMixing.AtRatio(speech, noise, 5)).Message;
        Assert.Contains("waveform must hold finite numbers, but sample 2 (counted from 0) is NaN or infinite.", Refused(broken, ones(10)), StringComparison.Ordinal);
        Assert.Contains("noise must hold finite numbers, but sample 2 (counted from 0) is NaN or infinite.", Refused(ones(10), broken), StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind() =>
        SignalGolden.AssertKeepsNothing(() => NoiseMixing.AtRatio(ones(10), ones(3), 5), () => NoiseMixing.AtRatio(ones(10), zeros(3), 5));
}
