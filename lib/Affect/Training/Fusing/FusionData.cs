using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Affect.Data;
using Affect.Fusion;
using static TorchSharp.torch;

namespace Affect.Training.Fusing;

/// <summary>A corpus's clips with their features by modality: those to learn from, and those to report on. Which clip has which modality is kept.</summary>
public sealed class FusionData
{
    private readonly IReadOnlyList<ModalityFeatures> features;
    private readonly int[] learning;
    private readonly int[] test;

    private FusionData(Corpus corpus, IReadOnlyList<ModalityFeatures> features, int[] learning, int[] test)
    {
        (Corpus, this.features, this.learning, this.test) = (corpus, features, learning, test);
        foreach (var modality in features)
        {
            if (!learning.Any(clip => modality.RowOf(corpus.Clips[clip].Id) is not null))
                throw new ArgumentException($"features of {modality.Modality} must be there for some clips to learn from, but are missing for all {learning.Length} of {corpus.Name}; leave the modality out, or extract it.", nameof(features));
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

    /// <summary>The clips to learn from, as positions in the corpus: labelled ones outside the test part.</summary>
    public IReadOnlyList<int> Learning => learning;

    /// <summary>The clips to report on, as positions in the corpus: labelled ones of the test part.</summary>
    public IReadOnlyList<int> Test => test;

    /// <summary>Brings a corpus and its features together.</summary>
    /// <param name="corpus">The corpus; its labelled test part is what is reported on.</param>
    /// <param name="features">One per modality; no name twice.</param>
    /// <param name="reasons">Why clips lack a modality, by their names; null: not known.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from or to report on, or a modality is missing for all clips.</exception>
    public static FusionData Of(Corpus corpus, IReadOnlyList<ModalityFeatures> features, IReadOnlyDictionary<string, string>? reasons = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Require.NotEmpty(features);
        var labelled = Enumerable.Range(0, corpus.Clips.Count).Where(clip => corpus.Labels[clip] >= 0 && corpus.Clips[clip].Split != SplitNames.Unlabelled).ToArray();
        var there = labelled.Where(clip => features.Any(modality => modality.RowOf(corpus.Clips[clip].Id) is not null)).ToArray();
        int[] reported = [.. there.Where(clip => corpus.Clips[clip].Split == SplitNames.Test)];
        int[] learned = [.. there.Where(clip => corpus.Clips[clip].Split != SplitNames.Test)];
        if (learned.Length == 0 || reported.Length == 0)
            throw new ArgumentException($"corpus must have labelled clips with features to learn from and in its test part, but {corpus.Name} has {learned.Length} and {reported.Length}.", nameof(corpus));
        var missing = labelled.Except(there).Select(clip => corpus.Clips[clip].Id);
        return new FusionData(corpus, [.. features], learned, reported) { Missing = missing.ToDictionary(clip => clip, clip => reasons?.GetValueOrDefault(clip) ?? "it has none of the modalities") };
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

    /// <summary>Divides the clips to learn from such that no speaker is on both sides of a fold.</summary>
    /// <param name="count">How many folds.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <exception cref="ArgumentException">There are fewer speakers than folds, or a class is missing on the learning side of one.</exception>
    public IReadOnlyList<Fold> Folds(int count, int seed)
    {
        var kept = learning.ToHashSet();
        var folds = Corpus.Folds(count, seed).Select(fold => fold with { Train = [.. fold.Train.Where(kept.Contains)], Held = [.. fold.Held.Where(kept.Contains)] }).ToArray();
        foreach (var fold in folds)
        {
            var learned = fold.Train.Select(clip => Corpus.Labels[clip]).ToHashSet();
            foreach (var clip in learning)
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
