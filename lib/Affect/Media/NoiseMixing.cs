namespace Affect.Media;

/// <summary>Adds noise to speech, to see how robust a method is.</summary>
public static class NoiseMixing
{
    /// <summary>Adds noise so loud that speech and noise stand in a given ratio.</summary>
    /// <param name="waveform"><c>[samples]</c>.</param>
    /// <param name="noise"><c>[samples]</c> of the same rate and any length: it is repeated or cut to fit.</param>
    /// <param name="decibels">The ratio of the powers, 10 log₁₀ (speech / noise), over the whole clip.</param>
    /// <param name="start">Where in the noise to begin, in samples; draw it from a seeded generator for variety.</param>
    /// <returns><c>[samples]</c>; peaks may go beyond −1…1.</returns>
    /// <exception cref="ArgumentException">One of them is empty, silent, or holds NaN or infinite samples.</exception>
    public static Tensor AtRatio(Tensor waveform, Tensor noise, double decibels, long start = 0)
    {
        waveform.Shape([-1], "[samples]");
        noise.Shape([-1], "[samples]");
        Require.Between(-200, 200, decibels, nameof(decibels));
        Require.AtLeast(0, start, nameof(start));
        using var scope = NewDisposeScope();
        var (samples, period) = (waveform.shape[0], noise.shape[0]);
        if (samples == 0 || period == 0)
            throw new ArgumentException($"waveform and noise must hold samples, but have {samples} and {period}.", nameof(noise));
        RequireFinite(waveform, nameof(waveform));
        RequireFinite(noise, nameof(noise));
        var repeats = (start % period + samples + period - 1) / period;
        var fitted = noise.repeat(repeats).narrow(0, start % period, samples);
        var (speechPower, noisePower) = (waveform.pow(2).mean().ToDouble(), fitted.pow(2).mean().ToDouble());
        if (speechPower == 0 || noisePower == 0)
            throw new ArgumentException(
                $"{(speechPower == 0 ? "waveform" : "noise")} must not be silent: no gain gives a ratio of {decibels} dB.",
                speechPower == 0 ? nameof(waveform) : nameof(noise));
        var gain = Math.Sqrt(speechPower / (noisePower * Math.Pow(10, decibels / 10)));
        return (waveform + fitted * gain).MoveToOuterDisposeScope();
    }

    // One such sample would become the gain, and so every sample.
    private static void RequireFinite(Tensor sound, string name)
    {
        using var bad = sound.isfinite().logical_not_();
        if (bad.any().ToBoolean())
        {
            throw new ArgumentException(
                $"{name} must hold finite numbers, but sample {bad.to(ScalarType.Int64).argmax().ToInt64()} (counted from 0) is NaN or infinite.",
                name);
        }
    }
}
