using Affect.Data;
using Affect.Data.Mimicry;

namespace Affect.Training.Language;

/// <summary>The transcripts of Mimic corpora that nobody reports on, and the mood of each.</summary>
internal sealed class MimicTexts
{
    private readonly int[][] byMood;

    private MimicTexts(IReadOnlyList<string> texts, IReadOnlyList<int> moods)
    {
        (Texts, Moods) = (texts, moods);
        byMood = [.. Enumerable.Range(0, LatentTable.Emotions).Select(mood => Enumerable.Range(0, texts.Count).Where(text => moods[text] == mood).ToArray())];
    }

    /// <summary>The sentences.</summary>
    internal IReadOnlyList<string> Texts { get; }

    /// <summary>What each sentence's words express. It serves to find two sentences of one mood; no number of it is ever shown to the network.</summary>
    internal IReadOnlyList<int> Moods { get; }

    /// <summary>Reads the transcripts that settings stand for.</summary>
    /// <exception cref="ArgumentException">One of the corpora is the held-out one.</exception>
    internal static MimicTexts Of(TextPretrainingConfig config)
    {
        if (config.HeldOutSeed >= config.FirstSeed && config.HeldOutSeed < config.FirstSeed + config.Corpora)
            throw new ArgumentException($"FirstSeed must lead to corpora other than that of HeldOutSeed = {config.HeldOutSeed}; choose a FirstSeed above it.", nameof(config));
        var heldOut = CorpusPlan.Draw(new MimicConfig { Seed = config.HeldOutSeed }).Select(plan => plan.Sentence.Text).ToHashSet(StringComparer.Ordinal);
        var (texts, moods) = (new List<string>(), new List<int>());
        for (var corpus = 0; corpus < config.Corpora; corpus++)
        {
            foreach (var plan in CorpusPlan.Draw(new MimicConfig { Seed = config.FirstSeed + corpus }))
            {
                if (heldOut.Contains(plan.Sentence.Text)) continue;
                texts.Add(plan.Sentence.Text);
                moods.Add(plan.Lexical);
            }
        }
        return new MimicTexts(texts, moods);
    }

    /// <summary>A sentence of the same mood.</summary>
    internal int Partner(int text, SeededRandom random) => random.Pick(byMood[Moods[text]]);
}
