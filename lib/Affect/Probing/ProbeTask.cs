namespace Affect.Probing;

/// <summary>What is to be probed: features, what they should tell, who speaks, and the folds; checked once, here.</summary>
public sealed class ProbeTask
{
    /// <summary>Puts a task together.</summary>
    /// <param name="features">The pooled features, one row of layers per clip.</param>
    /// <param name="labels">Each clip's class, in the order of the features; read only for clips of a fold.</param>
    /// <param name="speakers">Each clip's speaker.</param>
    /// <param name="folds">The divisions; clips are positions in <paramref name="features"/>.</param>
    /// <param name="emotions">The classes' names; their number is the number of classes.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a fold has an empty side or names a clip that is not there, a speaker is on both sides of a fold, a clip is held
    /// out twice or has no class, or a feature of a fold's clip is not a finite number.
    /// </exception>
    public ProbeTask(
        FeatureTable features, IReadOnlyList<int> labels, IReadOnlyList<string> speakers, IReadOnlyList<Fold> folds, IReadOnlyList<string> emotions)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(speakers);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(emotions);
        var clips = features.ClipIds.Count;
        if (labels.Count != clips) throw new ArgumentException($"labels must hold one class per clip, {clips}, but holds {labels.Count}.", nameof(labels));
        if (speakers.Count != clips) throw new ArgumentException($"speakers must hold one per clip, {clips}, but holds {speakers.Count}.", nameof(speakers));
        if (folds.Count == 0) throw new ArgumentException("folds must hold at least one fold, but is empty.", nameof(folds));
        (Features, Labels, Speakers, Folds, Emotions) = (features, [.. labels], [.. speakers], [.. folds], [.. emotions]);
        Held = CheckFolds(Folds);
        CheckFeatures(Features);
    }

    /// <summary>The pooled features.</summary>
    public FeatureTable Features { get; }

    /// <summary>Each clip's class.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Each clip's speaker.</summary>
    public IReadOnlyList<string> Speakers { get; }

    /// <summary>The divisions.</summary>
    public IReadOnlyList<Fold> Folds { get; }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Emotions { get; }

    /// <summary>What the corpus is called.</summary>
    public string Corpus { get; init; } = "";

    /// <summary>Whether the clips were generated.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Clips of the folds for which there are no features, and which were left out.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Every clip that some fold holds out, ascending.</summary>
    internal int[] Held { get; }

    /// <summary>Brings a corpus, its folds and its features together by the clips' names.</summary>
    /// <param name="features">The features, in any order; clips that the corpus does not have are ignored.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="folds">The corpus's folds; clips without features drop out of them (<see cref="Missing"/>).</param>
    /// <exception cref="ArgumentException">No clip of the folds has features, or as for the constructor.</exception>
    public static ProbeTask Of(FeatureTable features, Corpus corpus, IReadOnlyList<Fold> folds)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(folds);
        var rows = features.ClipIds.Select((id, row) => (id, row)).ToDictionary(pair => pair.id, pair => pair.row, StringComparer.Ordinal);
        var used = folds.SelectMany(fold => fold.Train.Concat(fold.Held)).Distinct().Order().ToArray();
        var found = used.Where(clip => rows.ContainsKey(corpus.Clips[clip].Id)).ToArray();
        if (found.Length == 0)
        {
            throw new ArgumentException(
                $"features must hold clips of {corpus.Name}, but none of its {used.Length} clips is among them: was another corpus extracted?", nameof(features));
        }
        var place = found.Select((clip, position) => (clip, position)).ToDictionary(pair => pair.clip, pair => pair.position);
        int[] Here(IReadOnlyList<int> clips) => [.. clips.Where(place.ContainsKey).Select(clip => place[clip])];
        return new ProbeTask(
            features.Select([.. found.Select(clip => rows[corpus.Clips[clip].Id])]),
            [.. found.Select(clip => corpus.Labels[clip])],
            [.. found.Select(clip => corpus.Clips[clip].Speaker)],
            [.. folds.Select(fold => fold with { Train = Here(fold.Train), Held = Here(fold.Held) })],
            corpus.Emotions)
        {
            Corpus = corpus.Name,
            IsSynthetic = corpus.IsSynthetic,
            Missing = [.. used.Where(clip => !place.ContainsKey(clip)).Select(clip => corpus.Clips[clip].Id)],
        };
    }

    /// <summary>Some of the clips at one layer, as a probe takes them.</summary>
    /// <param name="clips">Positions in <see cref="Features"/>.</param>
    /// <param name="layer">The layer's position in <see cref="Features"/>.</param>
    /// <param name="device">Where to; null: the CPU.</param>
    /// <returns>Features <c>[clips, dims]</c>, the caller's to dispose, and labels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such clip or layer.</exception>
    public (Tensor Features, ProbeLabels Labels) Part(IReadOnlyList<int> clips, int layer, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var values = new float[clips.Count * Features.Dims];
        foreach (var (row, clip) in clips.Index()) Features.Row(clip, layer).CopyTo(values.AsSpan(row * Features.Dims));
        return (tensor(values, new long[] { clips.Count, Features.Dims }, device: device), LabelsOf(clips));
    }

    /// <summary>Some of the clips at all layers.</summary>
    /// <returns>Features <c>[clips, layers, dims]</c>, the caller's to dispose, and labels.</returns>
    /// <inheritdoc cref="Part(IReadOnlyList{int}, int, Device?)"/>
    public (Tensor Features, ProbeLabels Labels) Part(IReadOnlyList<int> clips, Device? device = null) =>
        (tensor(Features.Select(clips).Values, new long[] { clips.Count, Features.Layers, Features.Dims }, device: device), LabelsOf(clips));

    /// <summary>The same task with each speaker's features brought to mean 0 and deviation 1 over that speaker's clips.</summary>
    internal ProbeTask NormaliseBySpeaker()
    {
        var values = SpeakerNormalisation.Apply(Features.Values, Features.Layers * Features.Dims, Speakers);
        var features = new FeatureTable(Features.ClipIds, values, Features.Layers, Features.Dims) { FirstLayer = Features.FirstLayer };
        return new ProbeTask(features, Labels, Speakers, Folds, Emotions) { Corpus = Corpus, IsSynthetic = IsSynthetic, Missing = Missing };
    }

    private ProbeLabels LabelsOf(IReadOnlyList<int> clips) =>
        new([.. clips.Select(clip => Labels[clip])], Emotions.Count, [.. clips.Select(clip => Speakers[clip])]);

    private int[] CheckFolds(IReadOnlyList<Fold> folds)
    {
        var held = new Dictionary<int, int>();
        foreach (var fold in folds)
        {
            if (fold.Train.Count == 0 || fold.Held.Count == 0)
                throw Wrong(folds, $"fold {fold.Index} must have clips on both sides, but has {fold.Train.Count} to learn from and {fold.Held.Count} held out");
            foreach (var clip in fold.Train.Concat(fold.Held))
            {
                if (clip < 0 || clip >= Labels.Count) throw Wrong(folds, $"fold {fold.Index} must name clips 0 to {Labels.Count - 1}, but names {clip}");
                if (Labels[clip] < 0 || Labels[clip] >= Emotions.Count)
                    throw Wrong(folds, $"clip '{Features.ClipIds[clip]}' of fold {fold.Index} must have a class 0 to {Emotions.Count - 1}, but has {Labels[clip]}");
            }
            var learnt = fold.Train.Select(clip => Speakers[clip]).ToHashSet(StringComparer.Ordinal);
            foreach (var clip in fold.Held)
            {
                if (learnt.Contains(Speakers[clip])) throw Wrong(folds, $"speaker '{Speakers[clip]}' must be on one side of fold {fold.Index}, but is on both");
                if (!held.TryAdd(clip, fold.Index))
                    throw Wrong(folds, $"clip '{Features.ClipIds[clip]}' must be held out once, but is in folds {held[clip]} and {fold.Index}");
            }
        }
        return [.. held.Keys.Order()];

        static ArgumentException Wrong(IReadOnlyList<Fold> folds, string what) => new($"folds: {what}.", nameof(folds));
    }

    private void CheckFeatures(FeatureTable features)
    {
        foreach (var clip in Folds.SelectMany(fold => fold.Train.Concat(fold.Held)).Distinct())
            for (var layer = 0; layer < features.Layers; layer++)
                foreach (var (dim, value) in features.Row(clip, layer).ToArray().Index())
                {
                    if (float.IsFinite(value)) continue;
                    throw new ArgumentException(FormattableString.Invariant(
                        $"features must be finite numbers, but clip '{features.ClipIds[clip]}' has {value} at layer {features.FirstLayer + layer}, dimension {dim}: extract it anew."), nameof(features));
                }
    }
}
