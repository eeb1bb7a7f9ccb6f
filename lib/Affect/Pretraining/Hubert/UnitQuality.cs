namespace Affect.Pretraining.Hubert;

/// <summary>What the units of a code book are like, counted over all frames of the speech.</summary>
/// <remarks>
/// Purity as in Hsu et al., arXiv:2106.07447, section V.B, but against what Mimic knows, which is who speaks and which emotion the voice expresses, not
/// the phones. A purity means something only beside what one single unit would have, the share of the most frequent label.
/// </remarks>
public sealed record UnitQuality
{
    /// <summary>What the units are clusters of.</summary>
    public required string Units { get; init; }

    /// <summary>How many there are.</summary>
    public required int Clusters { get; init; }

    /// <summary>How many occur.</summary>
    public required int Used { get; init; }

    /// <summary>As many equally frequent units would be as hard to guess: 2 to the entropy in bits.</summary>
    public required double Perplexity { get; init; }

    /// <summary>The share of frames whose emotion is the most frequent one of their unit, 0…1.</summary>
    public required double EmotionPurity { get; init; }

    /// <summary>The same if there were one unit only.</summary>
    public required double EmotionChance { get; init; }

    /// <summary>The share of the emotion's entropy that knowing the unit takes away, 0…1.</summary>
    public required double EmotionInformation { get; init; }

    /// <summary>The share of frames whose speaker is the most frequent one of their unit, 0…1.</summary>
    public required double SpeakerPurity { get; init; }

    /// <summary>The same if there were one unit only.</summary>
    public required double SpeakerChance { get; init; }

    /// <summary>The share of the speaker's entropy that knowing the unit takes away, 0…1.</summary>
    public required double SpeakerInformation { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="book">The units.</param>
    /// <param name="frames">Frames of each clip.</param>
    /// <param name="emotions">The class of each clip.</param>
    /// <param name="speakers">The number of each clip's speaker.</param>
    internal static UnitQuality Of(CodeBook book, IReadOnlyList<long> frames, IReadOnlyList<long> emotions, IReadOnlyList<long> speakers)
    {
        var byEmotion = Count(book, frames, emotions);
        var (emotion, speaker) = (Tell(byEmotion), Tell(Count(book, frames, speakers)));
        var units = byEmotion.Select(row => row.Sum()).ToArray();
        return new UnitQuality
        {
            Units = book.Name,
            Clusters = book.Clusters,
            Used = units.Count(count => count > 0),
            Perplexity = Math.Pow(2, Entropy(units)),
            EmotionPurity = emotion.Purity,
            EmotionChance = emotion.Chance,
            EmotionInformation = emotion.Information,
            SpeakerPurity = speaker.Purity,
            SpeakerChance = speaker.Chance,
            SpeakerInformation = speaker.Information,
        };
    }

    // [units][labels]
    private static double[][] Count(CodeBook book, IReadOnlyList<long> frames, IReadOnlyList<long> labels)
    {
        var kinds = labels.Distinct().Order().Select((label, place) => (label, place)).ToDictionary(pair => pair.label, pair => pair.place);
        var counts = Enumerable.Range(0, book.Clusters).Select(_ => new double[kinds.Count]).ToArray();
        var next = 0;
        for (var clip = 0; clip < frames.Count; clip++)
        {
            var kind = kinds[labels[clip]];
            for (var frame = 0; frame < frames[clip]; frame++) counts[book.Units[next++]][kind]++;
        }
        return counts;
    }

    private static (double Purity, double Chance, double Information) Tell(double[][] counts)
    {
        double[] labels = [.. Enumerable.Range(0, counts[0].Length).Select(label => counts.Sum(row => row[label]))];
        var (total, unknown) = (labels.Sum(), Entropy(labels));
        var known = counts.Sum(row => row.Sum() / total * Entropy(row));
        return (counts.Sum(row => row.Max()) / total, labels.Max() / total, unknown > 0 ? 1 - known / unknown : 0);
    }

    // In bits.
    private static double Entropy(IReadOnlyList<double> counts)
    {
        var total = counts.Sum();
        return counts.Where(count => count > 0).Sum(count => -count / total * Math.Log2(count / total));
    }
}
