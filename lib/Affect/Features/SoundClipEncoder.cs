namespace Affect.Features;

/// <summary>Gives the extractor a clip's sound: one vector per layer, pooled over the frames of the clip.</summary>
/// <param name="encoder">The encoder, in evaluation mode; it stays the caller's.</param>
/// <param name="media">Reads the clips.</param>
/// <param name="config">How.</param>
internal sealed class SoundClipEncoder(IEncoder encoder, IMediaReader media, ExtractorConfig config) : IClipEncoder<float[]>
{
    // 16-bit samples that nobody divided reach 32768.
    private const float BeyondAnyScale = 1e6f;

    public FeatureRecipe Recipe
    {
        get
        {
            var (first, last) = config.Layers.Of(encoder);
            return new FeatureRecipe
            {
                Encoder = encoder.Name,
                Fingerprint = encoder.Fingerprint,
                Adapter = encoder.Adapter,
                LearnedClips = encoder.Learned,
                Pooling = config.Pooling,
                SampleRate = encoder.SampleRate,
                FirstLayer = first,
                LastLayer = last,
                Dims = encoder.HiddenSize * (config.Pooling == Pooling.MeanAndDeviation ? 2 : 1),
                MaximumSeconds = config.MaximumSeconds,
            };
        }
    }

    public string WhyAbsent => "The clip names neither a sound file nor a video.";

    public float[] Read(Clip clip, CancellationToken cancel)
    {
        var waveform = media.DecodeAudio(clip.MediaPath, encoder.SampleRate, cancel);
        if (waveform.Length < Math.Max(1, encoder.MinimumSamples))
        {
            throw new MediaException(clip.MediaPath, FormattableString.Invariant(
                $"it holds {Duration(waveform.Length, "samples of sound ")}, but {encoder.Name} needs at least {Duration(encoder.MinimumSamples)}."));
        }
        // Readers are trusted but for this: one such sample makes all of the clip's features so, and the encoder would be blamed.
        if (SoundFault.FirstNotFinite(waveform) is { } bad) throw SoundFault.NotFinite(clip.MediaPath, bad, waveform[bad], encoder.SampleRate);
        return waveform;
    }

    public long LengthOf(float[] input) => input.Length;

    public IEnumerable<ClipPiece[]> Plan(IReadOnlyList<float[]?> window)
    {
        var most = (long)(config.MaximumSeconds * encoder.SampleRate);
        var pieces = window.SelectMany((waveform, clip) => waveform is null ? [] : BatchPlan.Cut(clip, waveform.Length, most));
        return BatchPlan.Batches(pieces, (long)(config.BatchSeconds * encoder.SampleRate), encoder.NeedsEqualLengths);
    }

    public IReadOnlyList<EncodedPiece> Encode(ClipPiece[] batch, IReadOnlyList<float[]?> window)
    {
        var longest = batch[0].Length;
        var waveforms = new float[batch.Length * longest];
        for (var i = 0; i < batch.Length; i++) window[batch[i].Clip].AsSpan(batch[i].Start, batch[i].Length).CopyTo(waveforms.AsSpan(i * longest));
        var (first, last) = config.Layers.Of(encoder);
        using var states = encoder.Encode(
            tensor(waveforms, new long[] { batch.Length, longest }),
            tensor(Array.ConvertAll(batch, piece => (long)piece.Length)),
            last == encoder.Layers ? null : last);
        return FramePooling.MomentsOf([.. states.Layers.Skip(first)], states.FrameLengths, config.Pooling);
    }

    public float[] Combine(IReadOnlyList<EncodedPiece> pieces) =>
        FramePooling.Combine(pieces, pieces[0].Values.Length / encoder.HiddenSize);

    public string WhyNotFinite(float[] input)
    {
        // Sound beyond any scale overflows every encoder, whatever its precision.
        var loudest = Array.FindIndex(input, sample => Math.Abs(sample) > BeyondAnyScale);
        return loudest < 0
            ? "where it runs in bfloat16 or float16, try float32."
            : $"the clip's {SoundFault.Name(loudest, input[loudest], encoder.SampleRate)}, where samples lie between -1 and 1. Scale the recording.";
    }

    private string Duration(int samples, string unit = "") =>
        FormattableString.Invariant($"{samples} {unit}({1000.0 * samples / encoder.SampleRate:0.#} ms)");
}
