namespace Affect.Cli.Corpora;

/// <summary>Opens the corpus that a command line names and tells what is doubtful about it.</summary>
internal static class CorpusWarnings
{
    /// <summary>Opens a corpus; its warnings go to the error output.</summary>
    internal static Corpus Open(string path, CancellationToken cancel = default)
    {
        var corpus = Corpus.Open(path);
        return Tell(corpus.IsSynthetic ? corpus : corpus.WithWarnings(SharedMedia.Warnings(corpus, cancel)));
    }

    /// <summary>Writes a corpus's warnings to the error output.</summary>
    internal static Corpus Tell(Corpus corpus)
    {
        foreach (var warning in corpus.Warnings) Say.Note($"warning: {Say.Printable(warning)}");
        return corpus;
    }

    /// <summary>Tells how many speakers normalising leaves nothing of, by who speaks in the clips that are normalised.</summary>
    internal static void TellAlone(IEnumerable<Clip> clips) => TellAlone([.. clips.Select(clip => clip.Speaker)]);

    internal static void TellAlone(IReadOnlyList<string> speakers)
    {
        if (SpeakerNormalisation.Alone(speakers) is > 0 and var alone)
            Say.Note($"warning: {alone} of {speakers.Distinct().Count()} speakers have a single clip, of which normalising leaves nothing but zeros");
    }
}
