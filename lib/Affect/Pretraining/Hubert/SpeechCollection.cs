namespace Affect.Pretraining.Hubert;

/// <summary>Waveforms of many clips, end to end in memory as 16-bit numbers, with what is known of each.</summary>
internal sealed class SpeechCollection : IDisposable
{
    internal const int SampleRate = 16_000;
    private const float FullScale = 32768;

    private readonly Tensor samples; // [all samples], int16
    private readonly long[] starts;

    private SpeechCollection(Tensor samples, IReadOnlyList<long> lengths, IReadOnlyList<long> emotions, IReadOnlyList<long> speakers) =>
        (this.samples, Lengths, Emotions, Speakers, starts) = (samples, lengths, emotions, speakers, Starts(lengths));

    /// <summary>Samples of each clip.</summary>
    internal IReadOnlyList<long> Lengths { get; }

    /// <summary>The class number of the emotion that each clip's voice expresses.</summary>
    internal IReadOnlyList<long> Emotions { get; }

    /// <summary>The number of each clip's speaker.</summary>
    internal IReadOnlyList<long> Speakers { get; }

    internal int Count => starts.Length;

    internal double Hours => Lengths.Sum() / 3600.0 / SampleRate;

    /// <summary>A stretch of a clip, −1…1.</summary>
    /// <returns><c>[samples]</c>, float32.</returns>
    internal Tensor Waveform(int clip, long first = 0, long? length = null)
    {
        using var scope = NewDisposeScope();
        return (samples.narrow(0, starts[clip] + first, length ?? Lengths[clip] - first).to(ScalarType.Float32) / FullScale).MoveToOuterDisposeScope();
    }

    /// <summary>Puts waveforms end to end; louder samples than full scale are clipped.</summary>
    internal static SpeechCollection Of(IReadOnlyList<float[]> waveforms, IReadOnlyList<long> emotions, IReadOnlyList<long> speakers)
    {
        var all = new short[waveforms.Sum(waveform => (long)waveform.Length)];
        var next = 0;
        foreach (var value in waveforms.SelectMany(waveform => waveform)) all[next++] = (short)Math.Clamp(MathF.Round(value * FullScale), short.MinValue, short.MaxValue);
        return new SpeechCollection(tensor(all, dtype: ScalarType.Int16).DetachFromDisposeScope(), [.. waveforms.Select(waveform => (long)waveform.Length)], emotions, speakers);
    }

    internal void Save(string path, string settings)
    {
        using var scope = NewDisposeScope();
        WorkFile.Save(path, settings, new Dictionary<string, Tensor> { ["samples"] = samples, ["lengths"] = Numbers(Lengths), ["emotions"] = Numbers(Emotions), ["speakers"] = Numbers(Speakers) });

        static Tensor Numbers(IReadOnlyList<long> values) => tensor(values.ToArray(), dtype: ScalarType.Int64);
    }

    internal static SpeechCollection? TryLoad(string path, string settings)
    {
        return WorkFile.TryLoad(path, settings, file => new SpeechCollection(file.Read("samples").DetachFromDisposeScope(), Numbers(file, "lengths"), Numbers(file, "emotions"), Numbers(file, "speakers")));

        static long[] Numbers(SafetensorsFile file, string name) => file.Read(name).data<long>().ToArray();
    }

    /// <summary>Where each of some stretches begins that lie end to end.</summary>
    internal static long[] Starts(IReadOnlyList<long> lengths)
    {
        var all = new long[lengths.Count];
        for (var index = 1; index < all.Length; index++) all[index] = all[index - 1] + lengths[index - 1];
        return all;
    }

    public void Dispose() => samples.Dispose();
}
