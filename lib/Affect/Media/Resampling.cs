namespace Affect.Media;

/// <summary>Band-limited resampling of waveforms that are already tensors; files are resampled by ffmpeg on their way in.</summary>
/// <remarks>
/// <para>J. O. Smith, <em>Digital Audio Resampling</em> (https://ccrma.stanford.edu/~jos/resample/): a windowed sinc for every phase of the
/// output.</para>
/// <para>The definition is that of <c>torchaudio.functional.resample</c> with its defaults (github.com/pytorch/audio, v0.13.1): Hann window,
/// 6 zero crossings a side, cut off at 0.99 of the lower Nyquist frequency.</para>
/// </remarks>
public static class Resampling
{
    private const int ZeroCrossings = 6;
    private const double Rolloff = 0.99;
    private const long LargestKernel = 1 << 24;

    /// <summary>Changes a waveform's sample rate.</summary>
    /// <param name="waveform"><c>[samples]</c> or <c>[batch, samples]</c>, floating point.</param>
    /// <param name="from">Its sample rate, hertz.</param>
    /// <param name="to">The sample rate wished for, hertz.</param>
    /// <returns><c>[samples · to / from]</c>, rounded up; with the batch in front where there was one.</returns>
    /// <exception cref="ArgumentException">The waveform is empty or has another shape, or the rates have too small a common divisor.</exception>
    public static Tensor Resample(Tensor waveform, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        Require.AtLeast(1, from, nameof(from));
        Require.AtLeast(1, to, nameof(to));
        var shape = waveform.shape;
        if (shape.Length is not (1 or 2) || shape[^1] == 0)
            throw new ArgumentException(
                $"waveform must be [samples] or [batch, samples] with at least one sample, but was [{string.Join(", ", shape)}].", nameof(waveform));
        if (from == to) return waveform.clone();

        using var scope = NewDisposeScope();
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        var (orig, target) = (from / divisor, to / divisor);
        var (weights, half) = Kernel(orig, target, from, to);
        long[] size = [target, 1, 2 * half + orig];
        var kernel = tensor(weights, size, dtype: ScalarType.Float32, device: waveform.device).to(waveform.dtype);

        var samples = shape[^1];
        // Each step of the convolution takes `orig` samples in and gives one sample of each of the `target` phases.
        var phases = F.conv1d(F.pad(waveform.reshape(-1, 1, samples), new long[] { half, half + orig }), kernel, stride: orig);
        var length = (samples * target + orig - 1) / orig;
        var resampled = phases.transpose(1, 2).reshape(phases.shape[0], -1).narrow(1, 0, length);      // [batch, samples']
        return (shape.Length == 1 ? resampled.squeeze(0) : resampled).contiguous().MoveToOuterDisposeScope();
    }

    // [target, 2 · half + orig], row by row: the filter of each output phase.
    private static (float[] Weights, int Half) Kernel(int orig, int target, int from, int to)
    {
        var cutoff = Math.Min(orig, target) * Rolloff;
        var half = (int)Math.Ceiling(ZeroCrossings * orig / cutoff);
        var width = 2 * half + orig;
        if ((long)width * target > LargestKernel)
        {
            throw new ArgumentException(
                $"from and to must have a large common divisor, but {from} and {to} Hz reduce to {orig} : {target}, "
                + $"whose filter has {(long)width * target} weights. Round the rates.", nameof(to));
        }
        var weights = new float[target * width];
        for (var phase = 0; phase < target; phase++)
        {
            for (var tap = 0; tap < width; tap++)
            {
                var time = Math.Clamp(((tap - half) / (double)orig - phase / (double)target) * cutoff, -ZeroCrossings, ZeroCrossings);
                var window = Math.Cos(time * Math.PI / ZeroCrossings / 2);
                var sinc = time == 0 ? 1 : Math.Sin(Math.PI * time) / (Math.PI * time);
                weights[phase * width + tap] = (float)(sinc * window * window * cutoff / orig);
            }
        }
        return (weights, half);
    }
}
