namespace Affect.Media;

/// <summary>Log mel filterbank energies, cepstral coefficients and their deltas, as Kaldi defines them.</summary>
/// <remarks>
/// <para>Kaldi's <c>compute-fbank-feats</c> and <c>compute-mfcc-feats</c>, as given by <c>torchaudio.compliance.kaldi</c> (github.com/pytorch/audio,
/// v0.13.1): frames only where they fit wholly, each without its mean, pre-emphasised, under a Povey window; power spectrum; triangles even in
/// mel = 1127 ln(1 + f / 700).</para>
/// <para>Differences: no dither (features are the same every time), and the waveform is −1…1 and scaled by 32768 here.</para>
/// </remarks>
public static class KaldiFeatures
{
    private const float FullScale = 32768;
    private const float SmallestEnergy = 1.1920929e-7f;     // float32's machine epsilon: silence has no logarithm

    /// <summary>Log mel filterbank energies.</summary>
    /// <param name="waveform"><c>[samples]</c> or <c>[batch, samples]</c>, −1…1.</param>
    /// <param name="config">Kaldi's defaults where left out.</param>
    /// <returns><c>[frames, bins]</c> or <c>[batch, frames, bins]</c>, float32; frame i begins at i hops.</returns>
    /// <exception cref="ArgumentException">The waveform is shorter than one frame, or the filters' range is empty.</exception>
    public static Tensor Filterbank(Tensor waveform, FilterbankConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        config ??= new FilterbankConfig();
        var shape = waveform.shape;
        if (shape.Length is not (1 or 2))
            throw new ArgumentException($"waveform must be [samples] or [batch, samples], but was [{string.Join(", ", shape)}].", nameof(waveform));
        if (shape[^1] < config.FrameSamples)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"waveform must have at least {config.FrameSamples} samples ({config.FrameMilliseconds} ms), but has {shape[^1]}."),
                nameof(waveform));
        }
        using var scope = NewDisposeScope();
        var (N, fftSize) = (config.FrameSamples, PowerOfTwo(config.FrameSamples));
        var frames = (waveform.to(ScalarType.Float32) * FullScale).unfold(-1, N, config.HopSamples);       // [.., frames, N]
        frames = frames - frames.mean(new long[] { -1 }, keepdim: true);
        // The first sample of a frame stands in for its own predecessor.
        var before = Guarded.Join(new[] { frames.narrow(-1, 0, 1), frames.narrow(-1, 0, N - 1) }, dim: -1);
        var window = hann_window(N, periodic: false, dtype: ScalarType.Float32, device: waveform.device).pow(0.85);
        frames = (frames - before * config.Preemphasis) * window;
        var power = fft.rfft(frames, fftSize).abs().pow(2);                                                // [.., frames, fftSize / 2 + 1]
        var energies = power.Times(MelFilters(config, fftSize, waveform.device));                        // [.., frames, bins]
        return energies.clamp_min(SmallestEnergy).log().MoveToOuterDisposeScope();
    }

    /// <summary>Mel-frequency cepstral coefficients.</summary>
    /// <param name="waveform"><c>[samples]</c> or <c>[batch, samples]</c>, −1…1.</param>
    /// <param name="config">Kaldi's defaults where left out.</param>
    /// <returns><c>[frames, coefficients]</c> or <c>[batch, frames, coefficients]</c>, float32.</returns>
    /// <exception cref="ArgumentException">The waveform is shorter than one frame, or there are more coefficients than filters.</exception>
    public static Tensor Mfcc(Tensor waveform, MfccConfig? config = null)
    {
        config ??= new MfccConfig();
        if (config.Coefficients > config.Filterbank.MelBins)
            throw new ArgumentException(
                $"Coefficients must be at most MelBins = {config.Filterbank.MelBins}, but is {config.Coefficients}.", nameof(config));
        using var scope = NewDisposeScope();
        var energies = Filterbank(waveform, config.Filterbank);
        return energies.Times(LifteredCosines(config, energies.device)).MoveToOuterDisposeScope();
    }

    /// <summary>How features change over time: the slope of a line fitted through the frames around each one.</summary>
    /// <param name="features"><c>[frames, dims]</c> or <c>[batch, frames, dims]</c>; the first and last frame are repeated beyond the ends.</param>
    /// <param name="reach">How many frames the fit takes on either side.</param>
    /// <returns>The same shape.</returns>
    public static Tensor Deltas(Tensor features, int reach = 2)
    {
        ArgumentNullException.ThrowIfNull(features);
        Require.Between(1, 100, reach, nameof(reach));
        using var scope = NewDisposeScope();
        var frames = features.shape[^2];
        var first = features.narrow(-2, 0, 1);
        var last = features.narrow(-2, frames - 1, 1);
        var padded = Guarded.Join([.. Enumerable.Repeat(first, reach), features, .. Enumerable.Repeat(last, reach)], dim: -2);
        var slope = zeros_like(features);
        for (var n = 1; n <= reach; n++) slope = slope + (padded.narrow(-2, reach + n, frames) - padded.narrow(-2, reach - n, frames)) * (double)n;
        return (slope / (reach * (reach + 1) * (2 * reach + 1) / 3.0)).MoveToOuterDisposeScope();      // 2 (1² + 2² + … + reach²)
    }

    // [fftSize / 2 + 1, bins]; the Nyquist bin is outside every triangle.
    private static Tensor MelFilters(FilterbankConfig config, int fftSize, Device device)
    {
        var nyquist = config.SampleRate / 2.0;
        var high = config.HighFrequency > 0 ? config.HighFrequency : nyquist + config.HighFrequency;
        if (high > nyquist || high <= config.LowFrequency)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The filters must lie between LowFrequency and {nyquist} Hz, but were to reach from {config.LowFrequency} to {high} Hz."),
                nameof(config));
        }
        var (bins, rows) = (config.MelBins, fftSize / 2 + 1);
        var lowest = Mel(config.LowFrequency);
        var step = (Mel(high) - lowest) / (bins + 1);
        var weights = new float[rows * bins];
        for (var row = 0; row < rows - 1; row++)
        {
            var mel = Mel(row * (double)config.SampleRate / fftSize);
            for (var bin = 0; bin < bins; bin++)
            {
                var left = lowest + bin * step;
                weights[row * bins + bin] = (float)Math.Max(0, Math.Min((mel - left) / step, (left + 2 * step - mel) / step));
            }
        }
        return tensor(weights, new long[] { rows, bins }, dtype: ScalarType.Float32, device: device);
    }

    // [bins, coefficients]: the orthonormal cosine transform, each coefficient c scaled by 1 + L / 2 · sin(π c / L).
    private static Tensor LifteredCosines(MfccConfig config, Device device)
    {
        var (bins, coefficients, lifter) = (config.Filterbank.MelBins, config.Coefficients, config.Lifter);
        var weights = new float[bins * coefficients];
        for (var bin = 0; bin < bins; bin++)
        {
            for (var c = 0; c < coefficients; c++)
            {
                var scale = Math.Sqrt((c == 0 ? 1.0 : 2.0) / bins) * (lifter == 0 ? 1 : 1 + lifter / 2 * Math.Sin(Math.PI * c / lifter));
                weights[bin * coefficients + c] = (float)(scale * Math.Cos(Math.PI / bins * (bin + 0.5) * c));
            }
        }
        return tensor(weights, new long[] { bins, coefficients }, dtype: ScalarType.Float32, device: device);
    }

    private static double Mel(double hertz) => 1127 * Math.Log(1 + hertz / 700);

    private static int PowerOfTwo(int least) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)least);
}
