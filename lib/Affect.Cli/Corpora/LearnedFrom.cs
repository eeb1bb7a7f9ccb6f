namespace Affect.Cli.Corpora;

/// <summary>What has learned from labels is not judged by the people whose labels they were.</summary>
internal static class LearnedFrom
{
    /// <summary>The corpus without those judged clips whose people the features know; says how many they are, or that nobody knows.</summary>
    /// <exception cref="ArgumentException">None of these is left.</exception>
    internal static Corpus LeaveOut(FeatureStore store, Corpus corpus, Func<Clip, bool> isJudged)
    {
        var (encoder, learned) = (store.Recipe.Encoder, store.Recipe.LearnedClips);
        if (store.Recipe.Adapter is not null && learned is null)
        {
            Say.Note("Warning: these features were adapted by labels, and their store does not say whose. Of every speaker that the adapter learned "
                + "from they know more than a stranger's would show: only scores on other people's clips are findings.");
        }
        var met = store.SpeakersMet(corpus);
        if (met.Count == 0)
        {
            TellStrangers(learned, encoder);
            return corpus;
        }
        var left = corpus.Where(clip => !met.Contains(clip.Speaker) || !isJudged(clip));
        var judged = Speakers(corpus.Clips.Where(isJudged));
        if (!left.Clips.Any(isJudged))
        {
            throw new ArgumentException(
                $"corpus must have clips to judge of speakers whose labels {encoder} has not learned from, but of {corpus.Name}'s "
                + $"{judged.Length} speakers it has learned from all; adapt by some of them only, or judge on another corpus.",
                nameof(corpus));
        }
        if (left.Clips.Count < corpus.Clips.Count)
            Say.Note($"{judged.Count(met.Contains)} of {judged.Length} speakers are not judged: {encoder} has learned from their labels.");
        return left;
    }

    /// <summary>Refuses to judge the test part by what has met someone of it.</summary>
    /// <exception cref="ArgumentException">There is someone.</exception>
    internal static void RefuseTest(IReadOnlyList<string>? learned, string what, Corpus corpus, CancellationToken cancel)
    {
        if (learned is null)
            Say.Note($"Warning: {what} does not say whose labels it has learned from; if one is of the test part, the score is a leak.");
        var met = LearnedClips.SpeakersMet(learned, corpus, cancel: cancel);
        if (met.Count == 0) TellStrangers(learned, what);
        var judged = Speakers(corpus.Clips.Where(clip => clip is { Split: SplitNames.Test, Emotion: not null } && met.Contains(clip.Speaker)));
        if (judged.Length == 0) return;
        var names = $"{string.Join(", ", judged.Take(5))}{(judged.Length > 5 ? " ..." : "")}";
        throw new ArgumentException(
            $"{what} has learned from the labels of {names}, whom --judge test would judge: the score would be a leak; take other speakers.",
            nameof(corpus));
    }

    private static string[] Speakers(IEnumerable<Clip> clips) => [.. clips.Select(clip => clip.Speaker).Distinct(StringComparer.Ordinal)];

    // Clips are known by what their files hold: other clips of the same people, or the same sound in another container, are not seen to be theirs.
    private static void TellStrangers(IReadOnlyList<string>? learned, string what)
    {
        if (learned is { Count: > 0 })
        {
            Say.Note($"None of the {learned.Count} clips whose labels {what} has learned from is here, so everyone here is taken for a stranger "
                + "to it. Where the same people speak in other files, the score is no finding.");
        }
    }
}
