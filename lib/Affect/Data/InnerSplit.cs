namespace Affect.Data;

/// <summary>A division within the clips to learn from: some speakers are kept aside to choose by, so that nothing is chosen on the clips that are reported.</summary>
public static class InnerSplit
{
    private const double UsualShare = 0.2;

    /// <summary>Keeps a share of the speakers aside.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="clips">The clips to learn from, as indices of <see cref="Corpus.Clips"/>; all labelled.</param>
    /// <param name="share">The share to keep aside, above 0 and at most a half; the nearest that whole speakers allow.</param>
    /// <param name="seed">Same clips, share and seed: same division.</param>
    /// <returns><see cref="Fold.Train"/> to learn from and <see cref="Fold.Held"/> to choose by; no speaker is in both.</returns>
    /// <exception cref="ArgumentException">The clips come from one speaker only, or a class of theirs would be missing from what is learned.</exception>
    public static Fold Of(Corpus corpus, IReadOnlyList<int> clips, double share = UsualShare, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Require.NotEmpty(clips);
        if (share is not (> 0 and <= 0.5)) throw new ArgumentOutOfRangeException(nameof(share), share, "share must be above 0 and at most 0.5.");
        if (Speakers(corpus, clips) < 2)
            throw new ArgumentException($"clips must come from at least two speakers, so that one can be kept aside, but all {clips.Count} are of '{corpus.Clips[clips[0]].Speaker}'.", nameof(clips));
        var fold = Divide(corpus, clips, share, seed);
        var learned = fold.Train.Select(clip => corpus.Labels[clip]).ToHashSet();
        foreach (var clip in clips.OrderBy(clip => corpus.Labels[clip]).Select(clip => (Label: corpus.Labels[clip], Clip: corpus.Clips[clip])))
        {
            if (!learned.Contains(clip.Label))
                throw new ArgumentException($"clips must show '{clip.Clip.Emotion}' by at least two speakers, so that one can be kept aside, but only {clip.Clip.Speaker} does.", nameof(clips));
        }
        return fold;
    }

    /// <summary>The same, whatever classes it leaves to learn from.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="clips">Clips of two speakers or more, as indices of <see cref="Corpus.Clips"/>; all labelled.</param>
    /// <param name="share">The share to keep aside.</param>
    /// <param name="seed">Same clips, share and seed: same division.</param>
    /// <exception cref="ArgumentException">The clips come from one speaker only.</exception>
    public static Fold Divide(Corpus corpus, IReadOnlyList<int> clips, double share = UsualShare, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Require.NotEmpty(clips);
        var held = SpeakerFolds.Divide(corpus, clips, Math.Clamp((int)Math.Round(1 / share), 2, Speakers(corpus, clips)), seed)[0].Held.ToHashSet();
        return new Fold { Index = 0, Train = [.. clips.Where(clip => !held.Contains(clip))], Held = [.. clips.Where(held.Contains)] };
    }

    private static int Speakers(Corpus corpus, IReadOnlyList<int> clips) => clips.Select(clip => corpus.Clips[clip].Speaker).Distinct(StringComparer.Ordinal).Count();
}
