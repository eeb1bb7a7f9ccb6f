namespace Affect.Data.Mimicry;

/// <summary>Speech on one pitch, taken apart into the grains from which it can be put together on any other (PSOLA).</summary>
/// <remarks>Moulines and Charpentier, <em>Pitch-synchronous waveform processing techniques</em>, Speech Communication 9, 1990. Ours is simpler: the pitch is known to be constant.</remarks>
internal sealed class Monotone
{
    private const double LeastHertz = 60;
    private const double MostHertz = 320;
    private const double VoicedFrom = 0.55;
    private const double SilentBelow = 0.02;
    private const double UnvoicedSeconds = 0.005;

    private readonly float[] samples;
    private readonly int period;
    private readonly List<(int Centre, bool IsVoiced)> grains = [];

    internal Monotone(float[] samples, int sampleRate)
    {
        this.samples = samples;
        SampleRate = sampleRate;
        period = FindPeriod();
        PitchHertz = (double)sampleRate / period;
        FindGrains();
    }

    internal int SampleRate { get; }

    internal double PitchHertz { get; }

    /// <summary>In samples.</summary>
    internal int Length => samples.Length;

    /// <summary>Puts the grains together again, on the pitch that is wished for at each sample; every resonance becomes higher by a factor.</summary>
    internal float[] Sing(Func<int, double> pitchHertz, double formants)
    {
        var sung = new float[samples.Length];
        var grain = 0;
        for (double at = period; at < samples.Length - period;)
        {
            while (grain + 1 < grains.Count && Math.Abs(grains[grain + 1].Centre - at) <= Math.Abs(grains[grain].Centre - at)) grain++;
            var (centre, isVoiced) = grains[grain];
            var step = isVoiced ? Math.Clamp(SampleRate / pitchHertz((int)at), SampleRate / 600.0, SampleRate / 40.0) : UnvoicedSeconds * SampleRate;
            var half = isVoiced ? period : (int)(UnvoicedSeconds * SampleRate);
            // Closer grains overlap more: the factor keeps the loudness.
            Add(sung, at, centre, half, isVoiced ? formants : 1 + (formants - 1) / 2, gain: step / half);
            at += step;
        }
        return sung;
    }

    private void Add(float[] sung, double at, int centre, int half, double formants, double gain)
    {
        var reach = half / formants;
        for (var sample = Math.Max(0, (int)Math.Ceiling(at - reach)); sample < Math.Min(sung.Length, at + reach); sample++)
        {
            var offset = (sample - at) * formants;                              // within the grain, in its own samples
            var source = centre + offset;
            var left = (int)Math.Floor(source);
            if (left < 0 || left + 1 >= samples.Length) continue;
            var weight = 0.5 + 0.5 * Math.Cos(Math.PI * offset / half);
            var part = source - left;
            sung[sample] += (float)(gain * weight * (samples[left] * (1 - part) + samples[left + 1] * part));
        }
    }

    // The lag at which the whole sentence is most like itself; of several multiples, the shortest.
    private int FindPeriod()
    {
        int shortest = (int)(SampleRate / MostHertz), longest = (int)(SampleRate / LeastHertz);
        var likeness = new double[longest + 1];
        // Lag by lag within a sample, so that no sum waits for the one before.
        var sums = likeness.AsSpan(shortest);
        for (var sample = longest; sample < samples.Length; sample += 2)
        {
            var earlier = samples.AsSpan(sample - longest, sums.Length);
            for (var lag = 0; lag < sums.Length; lag++) sums[lag] += samples[sample] * earlier[^(lag + 1)];
        }
        var most = likeness.Max();
        for (var lag = shortest + 1; lag < longest; lag++)
            if (likeness[lag] > 0.85 * most && likeness[lag] >= likeness[lag - 1] && likeness[lag] >= likeness[lag + 1]) return lag;
        return Array.IndexOf(likeness, most);
    }

    private void FindGrains()
    {
        var loudest = Math.Max(1e-6, samples.Max(Math.Abs));
        var unvoicedStep = (int)(UnvoicedSeconds * SampleRate);
        var wasVoiced = false;
        for (var at = period; at < samples.Length - period;)
        {
            var isVoiced = IsVoiced(at, loudest);
            // In voiced sound a grain sits on the period's highest peak, found near where the last one says that it should be.
            var centre = !isVoiced ? at : wasVoiced ? Peak(at - period / 6, at + period / 6) : Peak(at, at + period);
            grains.Add((centre, isVoiced));
            at = centre + (isVoiced ? period : unvoicedStep);
            wasVoiced = isVoiced;
        }
        if (grains.Count == 0) grains.Add((samples.Length / 2, false));
    }

    private bool IsVoiced(int at, double loudest)
    {
        double product = 0, left = 1e-9, right = 1e-9;
        for (var sample = at; sample < Math.Min(at + period, samples.Length); sample++)
        {
            product += samples[sample] * samples[sample - period];
            left += samples[sample - period] * samples[sample - period];
            right += samples[sample] * samples[sample];
        }
        return product / Math.Sqrt(left * right) > VoicedFrom && Math.Sqrt(right / period) > SilentBelow * loudest;
    }

    private int Peak(int from, int to)
    {
        var best = Math.Max(0, from);
        for (var sample = best; sample < Math.Min(to, samples.Length); sample++)
            if (samples[sample] > samples[best]) best = sample;
        return best;
    }
}
