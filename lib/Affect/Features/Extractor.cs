namespace Affect.Features;

/// <summary>
/// Encodes the clips of a corpus and stores their pooled states. Clips go through in windows: while one is encoded, the next is decoded, and no more
/// than these two are in memory. A run that was interrupted goes on where it stopped and ends with the bytes of an unbroken one.
/// </summary>
/// <param name="encoder">The encoder, in evaluation mode; it stays the caller's.</param>
/// <param name="media">Reads the clips.</param>
/// <param name="config">How; the defaults when null.</param>
public sealed class Extractor(IEncoder encoder, IMediaReader media, ExtractorConfig? config = null)
{
    // 16-bit samples that nobody divided reach 32768.
    private const float BeyondAnyScale = 1e6f;
    private readonly IEncoder encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
    private readonly IMediaReader media = media ?? throw new ArgumentNullException(nameof(media));
    private readonly ExtractorConfig config = config ?? new ExtractorConfig();

    /// <summary>What the features will be.</summary>
    /// <exception cref="ArgumentException">The encoder has no such layers.</exception>
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

    /// <summary>Brings the features of a corpus into a store.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="root">The folder of the store, or of several.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="ct">Ends the run after the batch at work; finished clips stay.</param>
    /// <returns>What was done. A clip that cannot be read does not end the run; it stands in the report and in <c>failures.csv</c>.</returns>
    /// <exception cref="OperationCanceledException">The run was ended; the same call goes on from there.</exception>
    /// <exception cref="IOException">The store cannot be written, as when the disk is full; finished clips stay.</exception>
    public ExtractionReport Run(Corpus corpus, string root, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        var store = FeatureStore.ForRecipe(root, Recipe);
        store.RemoveAbandoned();
        var windows = corpus.Clips.Chunk(config.WindowClips).Where((_, index) => config.Shard.Holds(index)).ToList();
        var count = new ExtractionCount($"Encoding {corpus.Name} with {encoder.Name}", windows.Sum(window => window.Length), encoder.SampleRate, progress);
        var decoder = new WindowDecoder(media, encoder, store, store.Keys(), config.DecodeWorkers);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<WindowClip[]>? ahead = null;
        try
        {
            for (var i = 0; i < windows.Count; i++)
            {
                ahead ??= Ahead(i);
                var window = ahead.GetAwaiter().GetResult();
                ahead = i + 1 < windows.Count ? Ahead(i + 1) : null;
                Encode(window, store, count, ct);
                count.Close(window);
            }
        }
        finally
        {
            stop.Cancel();
            // The decoder ahead is waited for, so that no process of ours outlives the call; what it says no longer matters.
            ahead?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
            store.Hashes.Save();
        }
        store.WriteIndex();
        FailureList.Write(store, config.Shard, count.Failures);
        return count.ToReport(store);

        Task<WindowClip[]> Ahead(int index) => Task.Run(() => decoder.Decode(windows[index], stop.Token), CancellationToken.None);
    }

    private void Encode(WindowClip[] window, FeatureStore store, ExtractionCount count, CancellationToken ct)
    {
        var most = (long)(config.MaximumSeconds * encoder.SampleRate);
        var pieces = window
            .SelectMany((clip, index) => clip.Waveform is { } waveform ? BatchPlan.Cut(index, waveform.Length, most) : [])
            .ToLookup(piece => piece.Clip);
        var done = pieces.ToDictionary(clip => clip.Key, clip => new FrameMoments?[clip.Count()]);
        var budget = (long)(config.BatchSeconds * encoder.SampleRate);
        foreach (var batch in BatchPlan.Batches(pieces.SelectMany(clip => clip), budget, encoder.NeedsEqualLengths))
        {
            ct.ThrowIfCancellationRequested();
            if (!batch.Any(piece => window[piece.Clip] is { IsMissing: true, Failure: null })) continue;
            try
            {
                var moments = Encode(batch, window);
                for (var i = 0; i < batch.Length; i++) done[batch[i].Clip][batch[i].Start / batch[i].Length] = moments[i];
            }
            catch (Exception error) when (error is ExternalException or ArgumentException)
            {
                foreach (var piece in batch) window[piece.Clip].Failure = $"{encoder.Name} could not encode the clip: {error.Message}";
            }
            foreach (var clip in batch.Select(piece => piece.Clip).Distinct())
                if (window[clip] is { IsMissing: true, Failure: null } && done[clip].All(piece => piece is not null)) Finish(window[clip], done[clip]!, store, count);
            count.Tell();
        }
    }

    private FrameMoments[] Encode(ClipPiece[] batch, WindowClip[] window)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var longest = batch[0].Length;
        var waveforms = new float[batch.Length * longest];
        for (var i = 0; i < batch.Length; i++)
            window[batch[i].Clip].Waveform.AsSpan(batch[i].Start, batch[i].Length).CopyTo(waveforms.AsSpan(i * longest));
        var lengths = Array.ConvertAll(batch, piece => (long)piece.Length);
        var (first, last) = config.Layers.Of(encoder);
        using var states = encoder.Encode(
            tensor(waveforms, new long[] { batch.Length, longest }),
            tensor(lengths, new long[] { batch.Length }),
            last == encoder.Layers ? null : last);
        return FramePooling.MomentsOf([.. states.Layers.Skip(first)], states.FrameLengths, config.Pooling);
    }

    private void Finish(WindowClip clip, FrameMoments[] pieces, FeatureStore store, ExtractionCount count)
    {
        var samples = clip.Waveform!.Length;
        var values = FramePooling.Combine(pieces, store.Recipe.Layers);
        if (values.All(float.IsFinite))
        {
            Write(new StoredClip(clip.Clip.Id, clip.MediaHash!, samples), values, store);
            count.Encoded(samples);
        }
        else
        {
            clip.Failure = $"{encoder.Name} gave features that are not finite numbers; {Cause(clip.Waveform!)}";
        }
    }

    // Sound beyond any scale overflows every encoder, whatever its precision.
    private string Cause(float[] waveform)
    {
        var loudest = Array.FindIndex(waveform, sample => Math.Abs(sample) > BeyondAnyScale);
        return loudest < 0
            ? "where it runs in bfloat16 or float16, try float32."
            : $"the clip's {SoundFault.Name(loudest, waveform[loudest], encoder.SampleRate)}, where samples lie between -1 and 1. Scale the recording.";
    }

    private static void Write(StoredClip clip, float[] values, FeatureStore store)
    {
        try
        {
            store.Write(clip, values);
        }
        catch (IOException error)
        {
            throw new IOException($"{error.Message} The clips finished before are kept, and the same run goes on from there.", error);
        }
    }
}
