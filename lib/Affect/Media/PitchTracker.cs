namespace Affect.Media;

/// <summary>Tracks the pitch of a voice by how like itself the sound is a period later.</summary>
/// <remarks>
/// <para>Boersma, <em>Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a sampled sound</em>, IFA
/// Proceedings 17, 1993: the autocorrelation of a windowed frame divided by the window's own (equation 9), its highest maximum less a cost per octave
/// (equation 26), refined by a parabola.</para>
/// <para>Difference: each frame decides by itself and a running median takes the place of the search for the cheapest path through all frames.</para>
/// </remarks>
public static class PitchTracker
{
    /// <summary>Tracks the pitch.</summary>
    /// <param name="waveform"><c>[samples]</c>, −1…1.</param>
    /// <param name="config">The defaults where left out.</param>
    /// <returns>One pitch a frame; frames lie only where they fit wholly.</returns>
    /// <exception cref="ArgumentException">The waveform is shorter than a frame or no vector, or the range of pitches is empty.</exception>
    public static PitchTrack Track(Tensor waveform, PitchConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        config ??= new PitchConfig();
        waveform.Shape([-1], "[samples]");
        var samples = waveform.shape[0];
        if (samples < config.FrameSamples)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"waveform must have at least {config.FrameSamples} samples ({config.FrameMilliseconds} ms), but has {samples}."),
                nameof(waveform));
        }
        var (shortest, longest) = ((int)(config.SampleRate / config.HighestHertz), (int)Math.Ceiling(config.SampleRate / config.LowestHertz));
        if (shortest < 2 || longest <= shortest + 2 || longest >= config.WindowSamples)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"LowestHertz and HighestHertz must give periods of 2 to {config.WindowSamples - 1} samples, ")
                + FormattableString.Invariant($"but {config.LowestHertz} and {config.HighestHertz} Hz give {longest} and {shortest}."),
                nameof(config));
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var frames = Frames(waveform.to(ScalarType.Float32), config);                                      // [frames, window]
        var likeness = Likeness(frames, longest);                                                          // [frames, longest + 2]
        var (lags, strength) = BestLags(likeness, shortest, longest, config.OctaveCost);
        var amplitude = Values((frames - frames.mean(new long[] { 1 }, keepdim: true)).abs().amax(new long[] { 1 }));
        var floor = config.SilenceShare * amplitude.Max();
        bool IsVoiced(int frame) => strength[frame] >= config.VoicingThreshold && amplitude[frame] > floor;
        var hertz = lags.Select((lag, frame) => IsVoiced(frame) ? config.SampleRate / lag : 0.0).ToArray();
        return new PitchTrack(Median(hertz, config.MedianFrames), strength);
    }

    // Windows around the frames' middles, with silence beyond the ends.
    private static Tensor Frames(Tensor waveform, PitchConfig config)
    {
        var count = (waveform.shape[0] - config.FrameSamples) / config.HopSamples + 1;
        var before = Math.Max(0, config.WindowSamples / 2 - config.FrameSamples / 2);
        var after = Math.Max(0, (count - 1) * config.HopSamples + config.WindowSamples - before - waveform.shape[0]);
        Tensor Silence(long samples) => zeros([samples], dtype: ScalarType.Float32, device: waveform.device);
        var padded = Guarded.Join([Silence(before), waveform, Silence(after)], dim: 0);
        return padded.unfold(0, config.WindowSamples, config.HopSamples).narrow(0, 0, count);
    }

    // The autocorrelation by way of the power spectrum, padded so that it does not wrap round, over that of the window.
    private static Tensor Likeness(Tensor frames, int longest)
    {
        var size = frames.shape[1];
        var fftSize = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(size + longest + 2));
        var window = hann_window(size, periodic: false, dtype: ScalarType.Float32, device: frames.device);
        var own = Correlation(window.unsqueeze(0), fftSize, longest);
        var sound = Correlation((frames - frames.mean(new long[] { 1 }, keepdim: true)) * window, fftSize, longest);
        return sound / own;
    }

    // [rows, longest + 2], 1 at lag 0 (silent rows: 0 everywhere)
    private static Tensor Correlation(Tensor rows, long fftSize, int longest)
    {
        var power = fft.rfft(rows, fftSize).abs().pow(2);
        var correlation = fft.irfft(power, fftSize).narrow(1, 0, longest + 2);
        return correlation / correlation.narrow(1, 0, 1).clamp_min(1e-12);
    }

    private static (double[] Lags, double[] Strength) BestLags(Tensor likeness, int shortest, int longest, double octaveCost)
    {
        var count = longest - shortest + 1;
        Tensor From(int lag) => likeness.narrow(1, lag, count);
        var (left, middle, right) = (From(shortest - 1), From(shortest), From(shortest + 1));
        var cost = arange(shortest, longest + 1, dtype: ScalarType.Float32, device: likeness.device).log().mul_(octaveCost / Math.Log(2));
        // Only where it is higher than on both sides: the slope down from lag 0 is no period.
        var isPeak = middle.ge(left) & middle.gt(right);
        var (_, best) = (middle - cost).masked_fill(~isPeak, -1e9).max(1);                                 // [frames]
        var index = best.unsqueeze(1);
        var hasPeak = isPeak.any(1, keepdim: true).to(ScalarType.Float32);
        var peaks = Guarded.Join([left.gather(1, index), middle.gather(1, index), right.gather(1, index), hasPeak], dim: 1);
        var (rows, chosen) = (Values(peaks.flatten()), Values(best.to(ScalarType.Float32)));
        var (lags, strength) = (new double[chosen.Length], new double[chosen.Length]);
        for (var frame = 0; frame < chosen.Length; frame++)
        {
            double a = rows[4 * frame], b = rows[4 * frame + 1], c = rows[4 * frame + 2];
            var bend = a - 2 * b + c;
            var shift = bend < 0 ? Math.Clamp((a - c) / (2 * bend), -0.5, 0.5) : 0;
            lags[frame] = shortest + chosen[frame] + shift;
            strength[frame] = rows[4 * frame + 3] > 0 ? Math.Clamp(b - (a - c) * shift / 4, 0, 1) : 0;
        }
        return (lags, strength);
    }

    // Of the voiced frames within reach; unvoiced ones stay unvoiced.
    private static double[] Median(double[] hertz, int width)
    {
        var smooth = new double[hertz.Length];
        for (var frame = 0; frame < hertz.Length; frame++)
        {
            if (hertz[frame] <= 0) continue;
            var (first, end) = (Math.Max(0, frame - width / 2), Math.Min(hertz.Length, frame + width / 2 + 1));
            var near = hertz[first..end].Where(value => value > 0).Order().ToArray();
            smooth[frame] = near[near.Length / 2];
        }
        return smooth;
    }

    private static double[] Values(Tensor row) => Array.ConvertAll(row.cpu().contiguous().data<float>().ToArray(), value => (double)value);
}
