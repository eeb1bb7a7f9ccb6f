namespace Affect.Cli;

/// <summary>Opens the corpus that a command line names and tells what is doubtful about it.</summary>
internal static class CorpusWarnings
{
    /// <summary>Opens a corpus; its warnings go to the error output.</summary>
    /// <inheritdoc cref="Corpus.Open(string, EmotionSet?)"/>
    internal static Corpus Open(string path, CancellationToken cancel = default)
    {
        var corpus = Corpus.Open(path);
        return Tell(corpus.IsSynthetic ? corpus : corpus.WithWarnings(SharedMedia.Warnings(corpus, cancel)));
    }

    /// <summary>Writes a corpus's warnings to the error output.</summary>
    /// <returns>The corpus.</returns>
    internal static Corpus Tell(Corpus corpus)
    {
        foreach (var warning in corpus.Warnings) Console.Error.WriteLine($"warning: {Printable(warning)}");
        return corpus;
    }

    /// <summary>Tells how many speakers normalising leaves nothing of.</summary>
    /// <param name="speakers">Who speaks, one per clip that is normalised.</param>
    internal static void TellAlone(IReadOnlyList<string> speakers)
    {
        if (SpeakerNormalisation.Alone(speakers) is > 0 and var alone)
            Console.Error.WriteLine(FormattableString.Invariant($"warning: {alone} of {speakers.Distinct(StringComparer.Ordinal).Count()} speakers have a single clip, of which normalising by speaker leaves nothing but zeros"));
    }

    /// <summary>Names are data: what would move the cursor or break the line is shown as a mark.</summary>
    internal static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
