namespace Affect.Adapters.Adaptation;

/// <summary>
/// A corpus as one frozen encoder hears it, for adapting that encoder in several ways: what is below the adapted layers is computed once per clip and shared by
/// all of them.
/// </summary>
public sealed class AdaptationData : IDisposable
{
    private readonly Dictionary<int, LayerCache> prefixes = [];
    private readonly Dictionary<int, SpeakerMoments> moments = [];
    private readonly Dictionary<string, (IReadOnlyDictionary<string, Tensor> Weights, TrainingResult Result)> starts = new(StringComparer.Ordinal);
    private readonly LayerCacheConfig config;
    private readonly string?[] keys;

    private AdaptationData(ISpeechTransformer encoder, Corpus corpus, ClipSounds sounds, LayerCacheConfig config)
    {
        (Encoder, Corpus, Sounds, this.config) = (encoder, corpus, sounds, config);
        Fingerprint = encoder.TrainingFingerprint + CodeIdentity.Of(encoder); // now, before anything is trained in it
        var labels = corpus.Clips.Select((clip, index) => (clip.Id, Label: corpus.Labels[index])).ToDictionary(pair => pair.Id, pair => pair.Label, StringComparer.Ordinal);
        keys = new string?[sounds.Clips.Count];
        Labels = [.. sounds.Clips.Select(clip => labels[clip.Id])];
    }

    /// <summary>Listens to a corpus.</summary>
    /// <param name="encoder">The encoder, frozen, without adapters; it stays the caller's.</param>
    /// <param name="corpus">The corpus: clips to learn from, with and without labels, and clips to be scored on.</param>
    /// <param name="media">Reads the clips; one that remembers spares decoding twice.</param>
    /// <param name="storage">Where states are kept, and how; its layer is of no account. Null: in memory, float32.</param>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">No clip can be read.</exception>
    public static AdaptationData Open(
        ISpeechTransformer encoder, Corpus corpus, IMediaReader media, LayerCacheConfig? storage = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(corpus);
        var sounds = ClipSounds.Open(corpus.Clips, media, encoder, progress, cancel);
        if (sounds.Clips.Count == 0)
            throw new ArgumentException($"corpus must have clips that can be read, but none of {corpus.Name}'s {corpus.Clips.Count} can{(sounds.Failures.Count > 0 ? $"; the first: {sounds.Failures[0].ClipId}: {sounds.Failures[0].Reason}" : "")}.", nameof(corpus));
        return new AdaptationData(encoder, corpus, sounds, storage ?? new LayerCacheConfig());
    }

    /// <summary>The encoder.</summary>
    public ISpeechTransformer Encoder { get; }

    /// <summary>Whose weights the encoder had when the corpus was listened to.</summary>
    internal string Fingerprint { get; }

    /// <summary>The corpus.</summary>
    public Corpus Corpus { get; }

    /// <summary>The clips that can be read; every index below is one of theirs.</summary>
    public ClipSounds Sounds { get; }

    /// <summary>How much of a clip is heard, seconds: of longer ones only the beginning.</summary>
    public double MaximumSeconds => config.MaximumSeconds;

    /// <summary>The clips that are longer than that.</summary>
    public IReadOnlyList<Clip> CutShort => [.. Sounds.Clips.Where((_, clip) => Sounds.Samples[clip] > MaximumSeconds * Encoder.SampleRate)];

    /// <summary>The class of each, −1 without a label.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The key of a clip in the list of those whose labels were learned from: a digest of its file, or of its samples where there is no file.</summary>
    internal string KeyOf(int clip, CancellationToken cancel) => keys[clip] ??= LearnedClips.KeyOf(Sounds.Clips[clip], cancel) ?? LearnedClips.KeyOf(Sounds.Hashes[clip]);

    /// <summary>The clips that satisfy a condition.</summary>
    public IReadOnlyList<int> Where(Func<Clip, bool> condition) => [.. Enumerable.Range(0, Sounds.Clips.Count).Where(index => condition(Sounds.Clips[index]))];

    /// <summary>The labelled clips to learn from: outside the test part.</summary>
    public IReadOnlyList<int> Learning => Where(clip => clip.Emotion is not null && clip.Split is not (SplitNames.Test or SplitNames.Unlabelled));

    /// <summary>The labelled clips of the test part.</summary>
    public IReadOnlyList<int> Test => Where(clip => clip is { Emotion: not null, Split: SplitNames.Test });

    /// <summary>The clips without a label, whose sound may be learned from.</summary>
    public IReadOnlyList<int> Unlabelled => [.. Enumerable.Range(0, Sounds.Clips.Count).Where(clip => Labels[clip] < 0 || Sounds.Clips[clip].Split == SplitNames.Unlabelled)];

    /// <summary>Divides the labelled clips, so that each is judged once by what has not met its speaker (<see cref="Corpus.OuterFolds"/>).</summary>
    /// <param name="count">How many folds.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <returns>Folds of indices of <see cref="Sounds"/>.</returns>
    /// <exception cref="ArgumentException">There are fewer speakers than folds, or a class is missing from what one learns from.</exception>
    public IReadOnlyList<OuterFold> OuterFolds(int count = 5, int seed = 1)
    {
        var places = Sounds.Clips.Index().ToDictionary(item => item.Item.Id, item => item.Index, StringComparer.Ordinal);
        var read = Corpus.Where(clip => places.ContainsKey(clip.Id));
        int[] Here(IReadOnlyList<int> clips) => [.. clips.Select(clip => places[read.Clips[clip].Id])];
        return [.. read.OuterFolds(count, seed).Select(fold => fold with { Train = Here(fold.Train), Choose = Here(fold.Choose), Held = Here(fold.Held) })];
    }

    /// <summary>What is kept below a layer; computed when first asked for, while the encoder has no adapters.</summary>
    /// <param name="layer">The state, 0…N; null: the output of the front end.</param>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    public LayerCache Prefix(int? layer, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        if (prefixes.TryGetValue(layer ?? -1, out var known)) return known;
        var prefix = new LayerCache(Encoder, Sounds, config with { Layer = layer });
        prefix.Fill(progress, cancel);
        return prefixes[layer ?? -1] = prefix;
    }

    /// <summary>The mean and the deviation of each speaker's frames, state by state from the first asked for; computed when first asked for, while the encoder has no adapters.</summary>
    /// <param name="firstState">The first state, 0…N.</param>
    /// <param name="level">The state, at or below it, that is kept anyhow; null: the output of the front end.</param>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    internal SpeakerMoments Moments(int firstState, int? level, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        if (moments.TryGetValue(firstState, out var known)) return known;
        return moments[firstState] = SpeakerMoments.Of(Encoder, Prefix(level, progress, cancel), Sounds, firstState, progress, cancel);
    }

    /// <summary>Vectors and logits of all clips by what was adapted to this corpus earlier; where speakers are normalised, each by the own moments, which are not kept with the adapter.</summary>
    /// <param name="folder">As <see cref="AdaptedEncoder.Save"/> wrote it.</param>
    /// <param name="methods">Methods that the library does not have (<see cref="SavedAdapter.Load"/>).</param>
    /// <param name="progress">Receives progress of what is computed once; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, or of another encoder.</exception>
    public ClipOutputs Read(string folder, IReadOnlyList<AdapterMethod>? methods = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        using var own = Encoder.Copy(); // a fine-tuned encoder's weights replace those of the one given
        using var adapted = AdaptedEncoder.Load(own, folder, methods);
        if (adapted.Speakers is { } average)
        {
            average.Dispose();
            adapted.Speakers = Moments(adapted.Head.Config.MixesLayers ? adapted.FirstState : Encoder.Layers, adapted.Level, progress, cancel).Copy();
        }
        return adapted.Read(Prefix(adapted.Level, progress, cancel), Sounds);
    }

    /// <summary>What masked reconstruction of the same clips made of the same weights; runs it where it is asked for the first time.</summary>
    internal (IReadOnlyDictionary<string, Tensor> Weights, TrainingResult Result) MaskedStart(string recipe, Func<(IReadOnlyDictionary<string, Tensor> Weights, TrainingResult Result)> train) =>
        starts.TryGetValue(recipe, out var known) ? known : starts[recipe] = train();

    /// <summary>Frees what is kept in memory.</summary>
    public void Dispose()
    {
        foreach (var prefix in prefixes.Values) prefix.Dispose();
        foreach (var speakers in moments.Values) speakers.Dispose();
        foreach (var weight in starts.Values.SelectMany(start => start.Weights.Values)) weight.Dispose();
        prefixes.Clear();
        moments.Clear();
        starts.Clear();
    }
}
