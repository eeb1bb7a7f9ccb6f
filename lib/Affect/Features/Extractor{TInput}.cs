namespace Affect.Features;

/// <summary>
/// Encodes the clips of a corpus and stores what comes out. Clips go through in windows: while one is encoded, the next is decoded, and no more than
/// these two are in memory. A run that was interrupted goes on where it stopped and ends with the bytes of an unbroken one.
/// </summary>
/// <typeparam name="TInput">What is read of a clip, as a waveform, pictures, or a text.</typeparam>
/// <param name="encoder">What makes features of clips.</param>
/// <param name="config">How many clips are at work; may be null.</param>
public sealed class Extractor<TInput>(IClipEncoder<TInput> encoder, WindowConfig? config = null)
    where TInput : class
{
    private readonly IClipEncoder<TInput> encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
    private readonly WindowConfig config = config ?? new WindowConfig();

    /// <summary>What the features will be.</summary>
    /// <exception cref="ArgumentException">The encoder has no such layers.</exception>
    public FeatureRecipe Recipe => encoder.Recipe;

    /// <summary>Brings the features of a corpus into a store.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="root">The folder of the store, or of several.</param>
    /// <param name="progress">Receives a report after every batch; may be null.</param>
    /// <param name="ct">Ends the run after the batch at work; finished clips stay.</param>
    /// <returns>What was done. A clip that cannot be read does not end the run; it stands in the report and in <c>failures.csv</c>.</returns>
    /// <exception cref="OperationCanceledException">The run was ended; the same call goes on from there.</exception>
    /// <exception cref="IOException">The store cannot be written, as when the disk is full; finished clips stay.</exception>
    public ExtractionReport Run(Corpus corpus, string root, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        var recipe = encoder.Recipe;
        var store = FeatureStore.ForRecipe(root, recipe);
        store.RemoveAbandoned();
        var stored = store.Keys();
        var windows = corpus.Clips.Chunk(config.WindowClips).Where((_, index) => config.Shard.Holds(index)).ToList();
        var count = new ExtractionCount(store, $"Encoding {corpus.Name} with {recipe.Encoder}", windows.Sum(window => window.Length), progress);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<WindowClip[]>? ahead = null;
        try
        {
            for (var i = 0; i < windows.Count; i++)
            {
                ahead ??= Ahead(i);
                var window = ahead.GetAwaiter().GetResult();
                ahead = i + 1 < windows.Count ? Ahead(i + 1) : null;
                Encode(window, recipe.Encoder, store, count, ct);
                var failed = window.Where(clip => clip is { IsMissing: true, Failure: not null }).Select(clip => (clip.Clip, clip.Failure!));
                count.Close(window.Count(clip => !clip.IsMissing), failed);
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
        store.WriteFailures(config.Shard, count.Failures);
        return count.ToReport();

        Task<WindowClip[]> Ahead(int index) => Task.Run(() => Decode(windows[index], store, stored, stop.Token), CancellationToken.None);
    }

    // All of a window is read when the store lacks one of its clips, since every batch is formed anew as it was; nothing where no work is needed.
    private WindowClip[] Decode(IReadOnlyList<Clip> clips, FeatureStore store, HashSet<string> stored, CancellationToken ct)
    {
        var window = clips.Select(clip => new WindowClip(clip)).ToArray();
        ForEach(window, clip =>
        {
            clip.Hash = store.HashOf(clip.Clip, ct);
            if (clip.Hash is null) clip.Failure = encoder.WhyAbsent;
            else clip.IsMissing = !stored.Contains(StoredClip.KeyOf(clip.Clip.Id, clip.Hash));
        });
        ForEach(window.Where(clip => clip.IsMissing), Read);
        // Where all that is missing cannot be had, as after a run that ended with failures, there is nothing to encode again.
        if (!encoder.EncodesAlone && window.Any(clip => clip.IsWanted)) ForEach(window.Where(clip => !clip.IsMissing), Read);
        return window;

        void Read(WindowClip clip) => clip.Input = encoder.Read(clip.Clip, ct);

        void ForEach(IEnumerable<WindowClip> some, Action<WindowClip> work)
        {
            try
            {
                var parallel = new ParallelOptions { MaxDegreeOfParallelism = config.DecodeWorkers, CancellationToken = ct };
                Parallel.ForEach(some.Where(clip => clip.Failure is null), parallel, clip => Try(clip, work));
            }
            catch (AggregateException errors)
            {
                ct.ThrowIfCancellationRequested();
                ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
            }
        }
    }

    // What a file can do wrong is told of its clip, and the others go on. Anything else, such as a missing ffmpeg, ends the run.
    private static void Try(WindowClip clip, Action<WindowClip> work)
    {
        try
        {
            work(clip);
        }
        catch (Exception error) when (error is MediaException or UnauthorizedAccessException || (error is IOException and not FileNotFoundException))
        {
            clip.Failure = error.Message;
        }
    }

    private void Encode(WindowClip[] window, string name, FeatureStore store, ExtractionCount count, CancellationToken ct)
    {
        TInput?[] inputs = [.. window.Select(clip => clip.Input)];
        ClipPiece[][] batches = [.. encoder.Plan(inputs)];
        var pieces = batches.SelectMany(batch => batch).CountBy(piece => piece.Clip).ToDictionary();
        var done = pieces.ToDictionary(clip => clip.Key, _ => new SortedList<int, EncodedPiece>()); // by the piece's start
        foreach (var batch in batches)
        {
            ct.ThrowIfCancellationRequested();
            if (!batch.Any(piece => window[piece.Clip].IsWanted)) continue;
            try
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                foreach (var (piece, encoded) in batch.Zip(encoder.Encode(batch, inputs))) done[piece.Clip].Add(piece.Start, encoded);
            }
            catch (Exception error) when (error is ExternalException or ArgumentException)
            {
                foreach (var piece in batch) window[piece.Clip].Failure = $"{name} could not encode the clip: {error.Message}";
            }
            foreach (var clip in batch.Select(piece => piece.Clip).Distinct())
                if (window[clip].IsWanted && done[clip].Count == pieces[clip]) Finish(window[clip], [.. done[clip].Values], name, store, count);
            count.Tell();
        }
    }

    private void Finish(WindowClip clip, EncodedPiece[] pieces, string name, FeatureStore store, ExtractionCount count)
    {
        var values = encoder.Combine(pieces);
        if (!values.All(float.IsFinite))
        {
            clip.Failure = $"{name} gave features that are not finite numbers; {encoder.WhyNotFinite(clip.Input!)}";
            return;
        }
        try
        {
            store.Write(new StoredClip(clip.Clip.Id, clip.Hash!, encoder.LengthOf(clip.Input!)), values);
        }
        catch (IOException error)
        {
            throw new IOException($"{error.Message} The clips finished before are kept, and the same run goes on from there.", error);
        }
        count.Encoded(encoder.LengthOf(clip.Input!));
    }

    /// <summary>One clip on its way through an extraction.</summary>
    private sealed class WindowClip(Clip clip)
    {
        internal Clip Clip { get; } = clip;

        /// <summary>The hash of its content; null until it is known.</summary>
        internal string? Hash { get; set; }

        /// <summary>Whether the store lacks the clip.</summary>
        internal bool IsMissing { get; set; } = true;

        internal TInput? Input { get; set; }

        /// <summary>Why the clip gives no features; null while it may.</summary>
        internal string? Failure { get; set; }

        internal bool IsWanted => IsMissing && Failure is null;
    }
}
