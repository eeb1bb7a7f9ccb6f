namespace Affect.Data.Mimicry;

/// <summary>
/// What the best possible rule reaches on Mimic when it sees a given set of modalities: the Bayes rule's scores, computed from the generator's
/// latent table and from nothing else.
/// </summary>
/// <remarks>
/// A ceiling assumes that what each modality <em>expresses</em> is read without error; it is the expression that may not tell the emotion. The
/// scores are those of the most probable emotion, in expectation over the corpus's distribution: on a finite test part a method may lie above by
/// chance (<see cref="OnClips"/> tells how far the same rule gets on given clips). The sentence is spoken, so a system that understands the words
/// in the sound has the lexical modality too, and belongs under the ceiling of both.
/// </remarks>
public sealed class MimicCeiling
{
    private const int Classes = LatentTable.Emotions;
    private const int Observations = Classes * Classes * Classes;

    private readonly int[] rule;

    private MimicCeiling(Modalities modalities)
    {
        Modalities = modalities;
        var mass = new double[Observations, Classes];
        for (var acoustic = 0; acoustic < Classes; acoustic++)
            for (var visual = 0; visual < Classes; visual++)
                for (var lexical = 0; lexical < Classes; lexical++)
                    for (var emotion = 0; emotion < Classes; emotion++)
                        mass[Seen(acoustic, visual, lexical), emotion] += LatentTable.Probability(emotion, acoustic, visual, lexical);

        rule = [.. Enumerable.Range(0, Observations).Select(seen => Enumerable.Range(0, Classes).MaxBy(emotion => mass[seen, emotion]))];
        var confusion = new double[Classes, Classes];
        for (var seen = 0; seen < Observations; seen++)
            for (var emotion = 0; emotion < Classes; emotion++)
                confusion[emotion, rule[seen]] += mass[seen, emotion];
        (Accuracy, Waf, Uar) = Score(confusion);
    }

    /// <summary>What the rule sees.</summary>
    public Modalities Modalities { get; }

    /// <summary>The probability that the rule is right, 0…1; no rule that sees the same has a higher one.</summary>
    public double Accuracy { get; }

    /// <summary>The rule's F1 averaged over classes by their frequency, 0…1.</summary>
    public double Waf { get; }

    /// <summary>The rule's recall averaged over classes, 0…1.</summary>
    public double Uar { get; }

    /// <summary>The ceilings of the seven sets of modalities, from one modality to all three.</summary>
    public static IReadOnlyList<MimicCeiling> All { get; } =
    [
        new(Modalities.Acoustic), new(Modalities.Visual), new(Modalities.Lexical),
        new(Modalities.Acoustic | Modalities.Visual), new(Modalities.Acoustic | Modalities.Lexical), new(Modalities.Visual | Modalities.Lexical), new(Modalities.All),
    ];

    /// <summary>The expected accuracy, and WAF, of guessing each emotion as often as it occurs: what a method must beat to have learned anything.</summary>
    public static double Chance => Enumerable.Range(0, Classes).Sum(emotion => LatentTable.Prior(emotion) * LatentTable.Prior(emotion));

    /// <summary>The ceiling of one set of modalities; of <see cref="Modalities.None"/>, always answering the most frequent emotion.</summary>
    public static MimicCeiling Of(Modalities modalities) => All.FirstOrDefault(ceiling => ceiling.Modalities == modalities) ?? new MimicCeiling(modalities);

    /// <summary>How far the same rule gets on the clips of a Mimic corpus, by what their modalities are known to express.</summary>
    /// <param name="clips">Clips of a Mimic manifest, labelled or not.</param>
    /// <returns>Accuracy and WAF, 0…1.</returns>
    /// <exception cref="ArgumentException">There is no clip, or one does not come from Mimic.</exception>
    public (double Accuracy, double Waf) OnClips(IReadOnlyList<Clip> clips)
    {
        Require.NotEmpty(clips);
        var confusion = new double[Classes, Classes];
        foreach (var clip in clips)
        {
            var seen = Seen(Mimic.Latent(clip, ClipPlan.VoiceColumn), Mimic.Latent(clip, ClipPlan.FaceColumn), Mimic.Latent(clip, ClipPlan.WordsColumn));
            confusion[Mimic.TrueEmotion(clip), rule[seen]] += 1.0 / clips.Count;
        }
        var (accuracy, waf, _) = Score(confusion);
        return (accuracy, waf);
    }

    // The number of an observation; what is not seen counts as 0.
    private int Seen(int acoustic, int visual, int lexical)
    {
        if (!Modalities.HasFlag(Modalities.Acoustic)) acoustic = 0;
        if (!Modalities.HasFlag(Modalities.Visual)) visual = 0;
        if (!Modalities.HasFlag(Modalities.Lexical)) lexical = 0;
        return (acoustic * Classes + visual) * Classes + lexical;
    }

    private static (double Accuracy, double Waf, double Uar) Score(double[,] confusion)
    {
        double accuracy = 0, waf = 0, uar = 0;
        var present = 0;
        for (var emotion = 0; emotion < Classes; emotion++)
        {
            double support = 0, answered = 0, right = confusion[emotion, emotion];
            for (var other = 0; other < Classes; other++)
            {
                support += confusion[emotion, other];
                answered += confusion[other, emotion];
            }
            accuracy += right;
            if (support <= 0) continue;
            waf += support * 2 * right / (support + answered);
            uar += right / support;
            present++;
        }
        return (accuracy, waf, uar / present);
    }
}
