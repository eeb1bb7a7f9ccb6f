namespace Affect.Pretraining.Hubert;

/// <summary>Waveforms of many clips, end to end in memory as 16-bit numbers, with what is known of each.</summary>
internal sealed class SpeechCollection : IDisposable
{
    internal const int SampleRate = 16_000;
    private const float FullScale = 32768;
    private const string SettingsKey = "settings";

    private readonly Tensor samples; // [all samples], int16
    private readonly long[] starts;

    internal SpeechCollection(Tensor samples, IReadOnlyList<long> lengths, IReadOnlyList<long> emotions, IReadOnlyList<long> speakers)
    {
        (this.samples, Lengths, Emotions, Speakers) = (samples, lengths, emotions, speakers);
        starts = new long[lengths.Count];
        for (var clip = 1; clip < starts.Length; clip++) starts[clip] = starts[clip - 1] + lengths[clip - 1];
    }

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

    /// <summary>Writes the collection; <paramref name="settings"/> say what it was made from.</summary>
    internal void Save(string path, string settings)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            path,
            new Dictionary<string, Tensor> { ["samples"] = samples, ["lengths"] = Numbers(Lengths), ["emotions"] = Numbers(Emotions), ["speakers"] = Numbers(Speakers) },
            new Dictionary<string, string> { [SettingsKey] = settings, ["sample_rate"] = SampleRate.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>Reads a collection; null where there is none or it was made from other settings.</summary>
    internal static SpeechCollection? TryLoad(string path, string settings)
    {
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(SettingsKey) != settings) return null;
        return new SpeechCollection(file.Read("samples").DetachFromDisposeScope(), Values(file.Read("lengths")), Values(file.Read("emotions")), Values(file.Read("speakers")));
    }

    public void Dispose() => samples.Dispose();

    private static Tensor Numbers(IReadOnlyList<long> values) => tensor(values.ToArray(), dtype: ScalarType.Int64);

    private static long[] Values(Tensor row) => row.data<long>().ToArray();
}
