namespace Affect.Data.Mimicry;

/// <summary>
/// The joint distribution of a Mimic clip's emotion and of what its voice, face and words express. A clip has a <em>manner</em> (open,
/// reserved, or masked by a smile), which is nowhere visible but makes the modalities depend on one another: given emotion and manner,
/// each modality expresses the emotion with a probability of its own, and is otherwise neutral or shows an emotion that is easily taken for it.
/// </summary>
/// <remarks>The priors are the class counts of MER2024's labelled part (arXiv:2404.17113). Manners and probabilities are ours.</remarks>
public static class LatentTable
{
    private const int Neutral = 0;
    private const int Happy = 2;

    /// <summary>How many emotions there are: those of <see cref="EmotionSet.Mer2024"/>, in that order.</summary>
    public const int Emotions = 6;

    private static readonly int[] ClassCounts = [1248, 1208, 1038, 730, 616, 190];

    // Probability that a modality expresses the emotion, and the share of neutral in what it expresses instead; one row per manner.
    private static readonly double[][] Expressed = [[0.86, 0.86, 0.70], [0.60, 0.50, 0.66], [0.66, 0.24, 0.44]];
    private static readonly double[][] NeutralInstead = [[0.4, 0.5, 0.6], [0.7, 0.8, 0.6], [0.5, 0.45, 0.5]];
    private static readonly double[] Manner = [0.55, 0.25, 0.20];

    // What an emotion is taken for: voices by arousal, faces by brow and lids, words by what happens to whom.
    private static readonly (int Emotion, double Share)[][][] Neighbours =
    [
        [[(3, 0.5), (2, 0.5)], [(5, 0.4), (2, 0.6)], [(5, 0.6), (1, 0.4)], [(4, 1.0)], [(3, 0.6), (5, 0.4)], [(2, 0.6), (1, 0.4)]],
        [[(3, 0.5), (4, 0.5)], [(4, 0.7), (3, 0.3)], [(5, 1.0)], [(4, 1.0)], [(3, 0.5), (5, 0.5)], [(4, 0.5), (2, 0.5)]],
        [[(4, 0.5), (2, 0.5)], [(3, 0.5), (4, 0.5)], [(5, 1.0)], [(1, 0.4), (4, 0.6)], [(3, 0.5), (1, 0.5)], [(2, 0.5), (4, 0.5)]],
    ];

    /// <summary>The manners' names.</summary>
    public static IReadOnlyList<string> Manners { get; } = ["open", "reserved", "masked"];

    /// <summary>The probability of an emotion.</summary>
    public static double Prior(int emotion) => (double)ClassCounts[emotion] / ClassCounts.Sum();

    /// <summary>The probability of a manner, whatever the emotion.</summary>
    public static double MannerProbability(int manner) => Manner[manner];

    /// <summary>The probability that a modality (0 acoustic, 1 visual, 2 lexical) expresses an emotion, given the true one and the manner.</summary>
    public static double Expression(int modality, int manner, int emotion, int expressed)
    {
        var own = Expressed[manner][modality];
        var neutral = (1 - own) * NeutralInstead[manner][modality];
        var other = 1 - own - neutral;
        var probability = (expressed == emotion ? own : 0) + (expressed == Neutral ? neutral : 0);
        if (manner == 2 && modality == 1 && emotion != Happy) return probability + (expressed == Happy ? other : 0);    // a smile is put on
        foreach (var (neighbour, share) in Neighbours[modality][emotion])
            if (neighbour == expressed) probability += other * share;
        return probability;
    }

    /// <summary>The probability of an emotion together with what the three modalities express.</summary>
    public static double Probability(int emotion, int acoustic, int visual, int lexical) => Enumerable.Range(0, Manners.Count).Sum(manner =>
        Prior(emotion) * MannerProbability(manner) * Expression(0, manner, emotion, acoustic) * Expression(1, manner, emotion, visual) * Expression(2, manner, emotion, lexical));

    /// <summary>Draws manner and expressions for a clip whose emotion is given.</summary>
    internal static (int Manner, int Acoustic, int Visual, int Lexical) Draw(int emotion, SeededRandom random)
    {
        var manner = Draw(random, Manners.Count, MannerProbability);
        return (manner, Express(0), Express(1), Express(2));

        int Express(int modality) => Draw(random, Emotions, expressed => Expression(modality, manner, emotion, expressed));
    }

    private static int Draw(SeededRandom random, int count, Func<int, double> probability)
    {
        var left = random.NextDouble();
        var last = 0;
        for (var choice = 0; choice < count; choice++)
        {
            if (probability(choice) <= 0) continue;
            last = choice;
            left -= probability(choice);
            if (left < 0) break;
        }
        return last;
    }
}
