namespace Affect.Pretraining.Bert;

/// <summary>Sentences of Mimic's grammar to learn to read from, without a word on what they express.</summary>
/// <remarks>
/// They are drawn one by one, with the emotions as frequent as in a Mimic corpus, from seeds of their own: neither speakers nor clips play a part, so they stay
/// the same whatever cast a corpus has. Then they are put in alphabetical order, which the training shuffles: what stands beside what, and in which batch,
/// follows from the texts and the seed alone.
/// </remarks>
internal sealed class MimicTexts
{
    private MimicTexts(IReadOnlyList<string> texts, int drawn) => (Texts, Drawn) = (texts, drawn);

    /// <summary>The sentences, in alphabetical order; those that were drawn more than once stand there as often.</summary>
    internal IReadOnlyList<string> Texts { get; }

    /// <summary>How many were drawn, those of held-out corpora included.</summary>
    internal int Drawn { get; }

    /// <summary>The SHA-256 of all sentences, hexadecimal.</summary>
    internal string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Texts))));

    /// <summary>The sentences that settings stand for.</summary>
    internal static MimicTexts Of(TextPretrainingConfig config) => Of(config, Draw(config));

    /// <summary>Keeps what may be read of sentences that were drawn.</summary>
    /// <param name="config">Which corpora are held out.</param>
    /// <param name="drawn">Sentences, and what their words express; that is not looked at.</param>
    internal static MimicTexts Of(TextPretrainingConfig config, IEnumerable<(string Text, int Expressed)> drawn)
    {
        var heldOut = HeldOut(config);
        string[] all = [.. drawn.Select(sentence => sentence.Text)];
        string[] kept = [.. all.Where(text => !heldOut.Contains(text))];
        Array.Sort(kept, StringComparer.Ordinal);
        return kept.Length > 0
            ? new MimicTexts(kept, all.Length)
            : throw new ArgumentException($"Sentences must leave some that stand in no held-out corpus, but of {config.Sentences} none is left; draw more.", nameof(config));
    }

    /// <summary>Draws sentences as a corpus would have them said.</summary>
    internal static IEnumerable<(string Text, int Expressed)> Draw(TextPretrainingConfig config)
    {
        for (var number = 0; number < config.Sentences; number++)
        {
            var random = new SeededRandom(config.TextSeed, FormattableString.Invariant($"text {number}"));
            var (_, _, _, expressed) = LatentTable.Draw(Emotion(random), random);
            yield return (Sentence.Draw(expressed, random).Text, expressed);
        }
    }

    /// <summary>How many clips of a Mimic corpus say a sentence that was read, word for word.</summary>
    internal int OccurringIn(int corpusSeed)
    {
        var read = Texts.ToHashSet(StringComparer.Ordinal);
        return Said(corpusSeed).Count(read.Contains);
    }

    private static HashSet<string> HeldOut(TextPretrainingConfig config) => Enumerable.Range(TextPretrainingConfig.ReportedSeed, config.HeldOutCorpora)
        .Concat(Enumerable.Range(config.SelectionSeed, config.SelectionCorpora)).SelectMany(Said).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Said(int corpusSeed) => CorpusPlan.Draw(new MimicConfig { Seed = corpusSeed }).Select(plan => plan.Sentence.Text);

    private static int Emotion(SeededRandom random)
    {
        var (chance, emotion) = (random.NextDouble(), 0);
        while (emotion < LatentTable.Emotions - 1 && chance >= LatentTable.Prior(emotion)) chance -= LatentTable.Prior(emotion++);
        return emotion;
    }
}
