namespace Affect.Data;

/// <summary>A division within the clips to learn from: some speakers are kept aside to choose by, so that nothing is chosen on the clips that are reported.</summary>
public static class InnerSplit
{
    /// <summary>Keeps a share of the speakers aside.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="clips">The clips to learn from, as indices of <see cref="Corpus.Clips"/>; all labelled.</param>
    /// <param name="share">The share to keep aside, above 0 and at most a half; the nearest that whole speakers allow.</param>
    /// <param name="seed">Same clips, share and seed: same division.</param>
    /// <returns><see cref="Fold.Train"/> to learn from and <see cref="Fold.Held"/> to choose by; no speaker is in both.</returns>
    /// <exception cref="ArgumentException">The clips come from one speaker only, or a class of theirs would be missing from what is learned.</exception>
    public static Fold Of(Corpus corpus, IReadOnlyList<int> clips, double share = 0.2, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Require.NotEmpty(clips);
        if (share is not (> 0 and <= 0.5)) throw new ArgumentOutOfRangeException(nameof(share), share, "share must be above 0 and at most 0.5.");
        var part = new Corpus(corpus.Name, corpus.Root, corpus.Emotions, [.. clips.Select(index => corpus.Clips[index] with { Split = SplitNames.Train })], corpus.IsSynthetic, corpus.Warnings);
        var speakers = part.Speakers.Count;
        if (speakers < 2) throw new ArgumentException($"clips must come from at least two speakers, so that one can be kept aside, but all {clips.Count} are of '{part.Clips[0].Speaker}'.", nameof(clips));
        var fold = part.Folds(Math.Clamp((int)Math.Round(1 / share), 2, speakers), seed)[0];
        var learned = fold.Train.Select(index => part.Labels[index]).ToHashSet();
        foreach (var label in part.Labels.Distinct().Order())
            if (!learned.Contains(label)) throw new ArgumentException($"clips must show '{part.Emotions[label]}' by at least two speakers, so that one can be kept aside, but only {part.Clips[part.Labels.IndexOf(label)].Speaker} does.", nameof(clips));
        return new Fold { Index = 0, Train = [.. fold.Train.Select(index => clips[index])], Held = [.. fold.Held.Select(index => clips[index])] };
    }

    private static int IndexOf(this IReadOnlyList<int> values, int wanted) => Enumerable.Range(0, values.Count).First(index => values[index] == wanted);
}
