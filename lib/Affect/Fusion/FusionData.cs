namespace Affect.Fusion;

/// <summary>A corpus's clips with their features by modality; which clip has which modality is kept.</summary>
public sealed class FusionData
{
    private readonly IReadOnlyList<ModalityFeatures> features;
    private readonly int[] usable;

    private FusionData(Corpus corpus, IReadOnlyList<ModalityFeatures> features, int[] labelled)
    {
        (Corpus, this.features, usable) = (corpus, features, labelled);
        foreach (var modality in features)
        {
            if (!labelled.Any(clip => modality.RowOf(corpus.Clips[clip].Id) is not null))
                throw new ArgumentException($"features of {modality.Modality} must be there for some labelled clips, but are missing for all {labelled.Length} of {corpus.Name}; leave the modality out, or extract it.", nameof(features));
        }
    }

    /// <summary>The corpus.</summary>
    public Corpus Corpus { get; }

    /// <summary>The modalities.</summary>
    public IReadOnlyList<ModalityFeatures> Features => features;

    /// <summary>The modalities' names, in order.</summary>
    public IReadOnlyList<string> Modalities => [.. features.Select(modality => modality.Modality)];

    /// <summary>Clips without any of the modalities, which are left out, and why.</summary>
    public IReadOnlyDictionary<string, string> Missing { get; private init; } = new Dictionary<string, string>();

    /// <summary>All labelled clips with features, as positions in the corpus: what outer folds learn from and judge.</summary>
    public IReadOnlyList<int> Labelled => usable;

    /// <summary>The clips to learn from where the corpus's own test part is judged, as positions in the corpus: labelled ones outside it.</summary>
    public IReadOnlyList<int> Learning => [.. usable.Where(clip => Corpus.Clips[clip].Split != SplitNames.Test)];

    /// <summary>The labelled clips of the corpus's own test part, as positions in the corpus; may be none.</summary>
    public IReadOnlyList<int> Test => [.. usable.Where(clip => Corpus.Clips[clip].Split == SplitNames.Test)];

    /// <summary>Brings a corpus and its features together.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="features">One per modality; no name twice. They may hold further clips, which only <see cref="NormaliseSpeakers"/> looks at.</param>
    /// <param name="reasons">Why clips lack a modality, by their names; null: not known.</param>
    /// <exception cref="ArgumentException">No labelled clip has features, or a modality is missing for all clips.</exception>
    public static FusionData Of(Corpus corpus, IReadOnlyList<ModalityFeatures> features, IReadOnlyDictionary<string, string>? reasons = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Require.NotEmpty(features);
        var labelled = Enumerable.Range(0, corpus.Clips.Count).Where(clip => corpus.Labels[clip] >= 0 && corpus.Clips[clip].Split != SplitNames.Unlabelled).ToArray();
        var there = labelled.Where(clip => features.Any(modality => modality.RowOf(corpus.Clips[clip].Id) is not null)).ToArray();
        if (there.Length == 0)
            throw new ArgumentException($"corpus must have labelled clips with features, but none of {corpus.Name}'s {labelled.Length} labelled clips has any.", nameof(corpus));
        var missing = labelled.Except(there).Select(clip => corpus.Clips[clip].Id);
        return new FusionData(corpus, [.. features], there) { Missing = missing.ToDictionary(clip => clip, clip => reasons?.GetValueOrDefault(clip) ?? "it has none of the modalities") };
    }

    /// <summary>The same clips, some modalities' features brought to mean 0 and deviation 1 over each speaker's clips (<see cref="SpeakerNormalisation"/>).</summary>
    /// <param name="names">The modalities.</param>
    /// <exception cref="ArgumentException">One is not there.</exception>
    public FusionData NormaliseSpeakers(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
            if (!Modalities.Contains(name)) throw new ArgumentException($"names must be of {string.Join(", ", Modalities)}, but hold '{name}'.", nameof(names));
        if (names.Count == 0) return this;
        return new FusionData(Corpus, [.. features.Select(modality => names.Contains(modality.Modality) ? modality.NormaliseSpeakers(Corpus) : modality)], usable) { Missing = Missing };
    }

    /// <summary>The same clips with some of the modalities.</summary>
    /// <param name="names">The modalities' names.</param>
    /// <exception cref="ArgumentException">One is not there.</exception>
    public FusionData Select(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var chosen = names.Select(name => features.FirstOrDefault(modality => modality.Modality == name)
            ?? throw new ArgumentException($"names must be of {string.Join(", ", Modalities)}, but hold '{name}'.", nameof(names))).ToArray();
        return Of(Corpus, chosen);
    }

    /// <summary>Divides the clips such that no speaker is in two parts of a fold.</summary>
    /// <param name="count">How many folds.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <param name="judgesTest">
    /// False: all labelled clips are judged, each once, by outer folds (<see cref="Corpus.OuterFolds"/>). True: every fold judges the corpus's own test part, and
    /// chooses by its share of the rest (the MER2024 baseline's protocol).
    /// </param>
    /// <exception cref="ArgumentException">There are fewer speakers than folds, a class is missing from what a fold learns, or there is no test part.</exception>
    public IReadOnlyList<OuterFold> Folds(int count, int seed, bool judgesTest = false)
    {
        var kept = usable.ToHashSet();
        int[] Kept(IReadOnlyList<int> clips) => [.. clips.Where(kept.Contains)];
        var test = Test;
        if (judgesTest && (test.Count == 0 || Learning.Count == 0))
            throw new ArgumentException($"corpus must have labelled clips with features in its test part and outside it, but {Corpus.Name} has {test.Count} and {Learning.Count}; outer folds need no test part.", nameof(judgesTest));
        var folds = (judgesTest
            ? Corpus.Folds(count, seed).Select(fold => new OuterFold { Index = fold.Index, Train = Kept(fold.Train), Choose = Kept(fold.Held), Held = test })
            : Corpus.OuterFolds(count, seed).Select(fold => fold with { Train = Kept(fold.Train), Choose = Kept(fold.Choose), Held = Kept(fold.Held) })).ToArray();
        foreach (var fold in folds)
        {
            var learned = fold.Train.Select(clip => Corpus.Labels[clip]).ToHashSet();
            foreach (var clip in usable)
                if (!learned.Contains(Corpus.Labels[clip]))
                    throw new ArgumentException($"Fold {fold.Index} must have clips of every class to learn from, but has none of '{Corpus.Clips[clip].Emotion}'; choose fewer folds or another seed.", nameof(count));
        }
        return folds;
    }

    /// <summary>Some clips' features as a batch, in the current dispose scope.</summary>
    /// <param name="clips">Positions in the corpus.</param>
    /// <param name="standardisation">What features are brought to; null: as they are.</param>
    /// <param name="device">Where to; null: the CPU.</param>
    internal ModalityBatch Batch(IReadOnlyList<int> clips, FeatureStandardisation? standardisation, Device? device = null)
    {
        var presence = new bool[clips.Count * features.Count];
        var tensors = new Tensor[features.Count];
        for (var m = 0; m < features.Count; m++)
        {
            var modality = features[m];
            var values = new float[clips.Count * modality.Dims];
            for (var i = 0; i < clips.Count; i++)
            {
                if (modality.RowOf(Corpus.Clips[clips[i]].Id) is not { } row) continue;
                presence[(i * features.Count) + m] = true;
                modality.Row(row).CopyTo(values.AsSpan(i * modality.Dims));
                standardisation?.Apply(m, values.AsSpan(i * modality.Dims, modality.Dims));
            }
            tensors[m] = tensor(values, new long[] { clips.Count, modality.Dims }, device: device ?? CPU);
        }
        return new ModalityBatch { Features = tensors, Presence = tensor(presence, new long[] { clips.Count, features.Count }, device: device ?? CPU) };
    }

    /// <summary>What some clips hold, as a short text: other features or labels are another training.</summary>
    internal string Digest(IReadOnlyList<int> clips)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var clip in clips)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Corpus.Clips[clip].Id}\t{Corpus.Labels[clip]}\n"));
            foreach (var modality in features)
                if (modality.RowOf(Corpus.Clips[clip].Id) is { } row) hash.AppendData(MemoryMarshal.AsBytes(modality.Row(row)));
                else hash.AppendData("none"u8);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Mean and deviation of every feature over some clips that have it.</summary>
    internal FeatureStandardisation Standardise(IReadOnlyList<int> clips) =>
        FeatureStandardisation.Of([.. features.Select(modality => (modality, Rows: clips.Select(clip => modality.RowOf(Corpus.Clips[clip].Id)).OfType<int>().ToArray()))]);
}
