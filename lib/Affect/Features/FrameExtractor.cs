namespace Affect.Features;

/// <summary>
/// Encodes the pictures of a corpus's clips and stores one vector a picture. While one window of clips is encoded, the next is decoded. A run that was
/// interrupted goes on where it stopped and ends with the bytes of an unbroken one.
/// </summary>
/// <param name="encoder">The encoder; it stays the caller's.</param>
/// <param name="media">Reads the clips.</param>
/// <param name="config">How; the defaults when null.</param>
public sealed class FrameExtractor(IVisualEncoder encoder, IMediaReader media, FrameExtractorConfig? config = null)
{
    private readonly IVisualEncoder encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
    private readonly IMediaReader media = media ?? throw new ArgumentNullException(nameof(media));
    private readonly FrameExtractorConfig config = config ?? new FrameExtractorConfig();

    /// <summary>What the sequences will be.</summary>
    public SequenceRecipe Recipe => new()
    {
        Encoder = encoder.Name,
        Fingerprint = encoder.Fingerprint,
        Preprocessing = $"pictures {config.Sampling}; {encoder.Preprocessing}; output {config.Output}",
        Dims = config.Output == FrameOutput.Feature ? encoder.FeatureSize : encoder.HiddenSize,
    };

    /// <summary>Brings the frame sequences of a corpus into a store.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="root">The folder of the store, or of several.</param>
    /// <param name="progress">Told after every clip.</param>
    /// <param name="ct">Ends the run after the clip at work; finished clips stay.</param>
    /// <returns>What was done. A clip that cannot be read does not end the run; it stands in the report and in <c>failures.csv</c>.</returns>
    /// <exception cref="OperationCanceledException">The run was ended; the same call goes on from there.</exception>
    /// <exception cref="IOException">The store cannot be written, as when the disk is full; finished clips stay.</exception>
    public FrameReport Run(Corpus corpus, string root, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        var clock = Stopwatch.StartNew();
        var store = SequenceStore.ForRecipe(root, Recipe);
        store.RemoveAbandoned();
        var stored = store.Keys();
        var windows = corpus.Clips.Chunk(config.WindowClips).ToList();
        var failures = new List<ClipFailure>();
        int found = 0, encoded = 0;
        var frames = 0L;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<SeenClip[]>? ahead = null;
        try
        {
            for (var i = 0; i < windows.Count; i++)
            {
                ahead ??= Ahead(i);
                var window = ahead.GetAwaiter().GetResult();
                ahead = i + 1 < windows.Count ? Ahead(i + 1) : null;
                foreach (var clip in window)
                {
                    ct.ThrowIfCancellationRequested();
                    if (clip.Pictures is not null) clip.Failure = Encode(clip, store);
                    if (clip.Failure is not null) failures.Add(new ClipFailure(clip.Clip.Id, clip.Clip.VideoPath, clip.Failure));
                    else if (clip.Pictures is null) found++;
                    else (encoded, frames) = (encoded + 1, frames + clip.Pictures.Count);
                    Tell();
                }
            }
        }
        finally
        {
            stop.Cancel();
            // The decoder ahead is waited for, so that no process of ours outlives the call; what it says no longer matters.
            ahead?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
            store.Hashes.Save();
        }
        FailureList.Write(FailureList.PathOf(store.Folder, Shard.Whole), failures);
        return new FrameReport { Store = store, Clips = corpus.Clips.Count, Found = found, Encoded = encoded, Frames = frames, Failures = failures, Elapsed = clock.Elapsed };

        Task<SeenClip[]> Ahead(int index) => Task.Run(() => Decode(windows[index], store, stored, stop.Token), CancellationToken.None);

        void Tell() => progress?.Report(new WorkProgress($"Looking at {corpus.Name} with {encoder.Name}", found + encoded + failures.Count, corpus.Clips.Count, Resumed: found)
        {
            Detail = FormattableString.Invariant($"{frames / Math.Max(clock.Elapsed.TotalSeconds, 1e-3):0} pictures/s"),
        });
    }

    private SeenClip[] Decode(Clip[] clips, SequenceStore store, HashSet<string> stored, CancellationToken ct)
    {
        var window = clips.Select(clip => new SeenClip { Clip = clip }).ToArray();
        try
        {
            Parallel.ForEach(window, new ParallelOptions { MaxDegreeOfParallelism = config.DecodeWorkers, CancellationToken = ct }, clip => Look(clip, store, stored, ct));
        }
        catch (AggregateException errors)
        {
            ct.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        return window;
    }

    // What a file can do wrong is told of its clip, and the others go on. Anything else, such as a missing ffmpeg, ends the run.
    private void Look(SeenClip clip, SequenceStore store, HashSet<string> stored, CancellationToken ct)
    {
        if (clip.Clip.VideoPath is not { } path)
        {
            clip.Failure = "The clip has no pictures.";
            return;
        }
        try
        {
            clip.MediaHash = store.Hashes.Of(path, ct);
            if (!stored.Contains(StoredClip.KeyOf(clip.Clip.Id, clip.MediaHash))) clip.Pictures = config.Sampling.Sample(media, path, encoder.Preprocessing.Size, ct);
        }
        catch (Exception error) when (error is MediaException or UnauthorizedAccessException || (error is IOException and not FileNotFoundException))
        {
            clip.Failure = error.Message;
        }
    }

    // Null, or why there are no frames.
    private string? Encode(SeenClip clip, SequenceStore store)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        try
        {
            var frames = FramesOf(clip.Pictures!);
            if (!frames.isfinite().all().ToBoolean()) return $"{encoder.Name} gave features that are not finite numbers; where it runs in bfloat16 or float16, try float32.";
            store.Write(new StoredClip(clip.Clip.Id, clip.MediaHash!, frames.shape[0]), frames);
            return null;
        }
        catch (Exception error) when (error is ExternalException or ArgumentException)
        {
            return $"{encoder.Name} could not encode the clip: {error.Message}";
        }
    }

    /// <summary>The frames of pictures that are at hand.</summary>
    /// <param name="pictures">Pictures of the encoder's size.</param>
    /// <returns><c>[frames, dims]</c>, float32, on the CPU.</returns>
    /// <exception cref="ArgumentException">They are of another size.</exception>
    public Tensor FramesOf(VideoFrames pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var pixels = encoder.Preprocessing.Apply(pictures);
        var parts = new List<Tensor>();
        for (long first = 0; first < pixels.shape[0]; first += config.BatchFrames)
        {
            using var inner = NewDisposeScope();
            var states = encoder.Encode(pixels.narrow(0, first, Math.Min(config.BatchFrames, pixels.shape[0] - first)));
            var last = states.Layers[^1];
            parts.Add((config.Output switch
            {
                FrameOutput.Feature => states.Feature,
                FrameOutput.ClassToken => last.select(1, 0),
                _ => last.narrow(1, 1, last.shape[1] - 1).mean(new long[] { 1 }),
            }).cpu().MoveToOuterDisposeScope());
        }
        return Guarded.Join(parts, 0).contiguous().MoveToOuterDisposeScope();
    }

    private sealed class SeenClip
    {
        internal required Clip Clip { get; init; }

        /// <summary>Null until the media is hashed.</summary>
        internal string? MediaHash { get; set; }

        /// <summary>Null where the store has the clip already, or it cannot be read.</summary>
        internal VideoFrames? Pictures { get; set; }

        internal string? Failure { get; set; }
    }
}
