namespace Affect.Fusion;

/// <summary>What folds say of the clips that they judge, subset by subset of the modalities; where several folds judge a clip, their logits' mean counts.</summary>
internal sealed class LogitSums(Corpus corpus, IReadOnlyList<ModalitySubset> subsets)
{
    private readonly SortedDictionary<int, (float[][] Sums, int Folds)> byClip = [];

    /// <summary>Takes one fold's logits.</summary>
    /// <param name="clips">The clips that it judges, positions in the corpus.</param>
    /// <param name="logits">Per subset <c>[clips, classes]</c>, row-major.</param>
    internal void Add(IReadOnlyList<int> clips, float[][] logits)
    {
        var classes = corpus.Emotions.Count;
        for (var place = 0; place < clips.Count; place++)
        {
            var known = byClip.TryGetValue(clips[place], out var before) ? before : ([.. subsets.Select(_ => new float[classes])], 0);
            for (var subset = 0; subset < subsets.Count; subset++)
                for (var label = 0; label < classes; label++) known.Item1[subset][label] += logits[subset][(place * classes) + label];
            byClip[clips[place]] = (known.Item1, known.Item2 + 1);
        }
    }

    /// <summary>The decisions: the mean of the logits goes through one softmax.</summary>
    internal IReadOnlyList<(ModalitySubset Subset, Decisions Decisions)> Decide() => [.. subsets.Select((subset, number) => (subset, Of(number)))];

    private Decisions Of(int subset)
    {
        using var scope = NewDisposeScope();
        int[] clips = [.. byClip.Keys];
        var classes = corpus.Emotions.Count;
        float[] means = [.. byClip.Values.SelectMany(entry => entry.Sums[subset].Select(sum => sum / entry.Folds))];
        var probabilities = tensor(means, new long[] { clips.Length, classes }).to(ScalarType.Float64).softmax(1).data<double>().ToArray();
        return new Decisions(
            corpus.Emotions,
            [.. clips.Select(clip => corpus.Clips[clip].Id)],
            [.. clips.Select(clip => corpus.Clips[clip].Speaker)],
            [.. clips.Select(clip => corpus.Labels[clip])],
            [.. probabilities.Chunk(classes)]);
    }
}
