namespace Affect.Data;

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
    private readonly int[] rule;

    private MimicCeiling(Modalities modalities, LatentTable table)
    {
        Modalities = modalities;
        var mass = new double[Observations, LatentTable.Emotions];
        for (var cell = 0; cell < Observations; cell++)
            for (var emotion = 0; emotion < LatentTable.Emotions; emotion++)
                mass[Seen(cell, modalities), emotion] += table.Probability(emotion, cell / 36, cell / 6 % 6, cell % 6);

        rule = [.. Enumerable.Range(0, Observations).Select(seen => Enumerable.Range(0, LatentTable.Emotions).MaxBy(emotion => mass[seen, emotion]))];
        var confusion = new double[LatentTable.Emotions, LatentTable.Emotions];
        for (var seen = 0; seen < Observations; seen++)
            for (var emotion = 0; emotion < LatentTable.Emotions; emotion++)
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
    public static IReadOnlyList<MimicCeiling> All { get; } = Compute();

    /// <summary>The expected accuracy, and WAF, of guessing each emotion as often as it occurs: what a method must beat to have learned anything.</summary>
    public static double Chance => Enumerable.Range(0, LatentTable.Emotions).Sum(emotion => LatentTable.Prior(emotion) * LatentTable.Prior(emotion));

    private static int Observations => LatentTable.Emotions * LatentTable.Emotions * LatentTable.Emotions;

    /// <summary>The ceiling of one set of modalities; of <see cref="Modalities.None"/>, always answering the most frequent emotion.</summary>
    public static MimicCeiling Of(Modalities modalities) => All.FirstOrDefault(ceiling => ceiling.Modalities == modalities) ?? new MimicCeiling(modalities, new LatentTable());

    /// <summary>How far the same rule gets on the clips of a Mimic corpus, by what their modalities are known to express.</summary>
    /// <param name="clips">Clips of a Mimic manifest, labelled or not.</param>
    /// <returns>Accuracy and WAF, 0…1.</returns>
    /// <exception cref="ArgumentException">There is no clip, or one does not come from Mimic.</exception>
    public (double Accuracy, double Waf) OnClips(IReadOnlyList<Clip> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        if (clips.Count == 0) throw new ArgumentException("clips must hold at least one clip, but is empty.", nameof(clips));
        var confusion = new double[LatentTable.Emotions, LatentTable.Emotions];
        foreach (var clip in clips)
        {
            var cell = (Mimic.Latent(clip, ClipPlan.VoiceColumn) * 6 + Mimic.Latent(clip, ClipPlan.FaceColumn)) * 6 + Mimic.Latent(clip, ClipPlan.WordsColumn);
            confusion[Mimic.TrueEmotion(clip), rule[Seen(cell, Modalities)]] += 1.0 / clips.Count;
        }
        var (accuracy, waf, _) = Score(confusion);
        return (accuracy, waf);
    }

    private static MimicCeiling[] Compute()
    {
        var table = new LatentTable();
        Modalities[] sets =
        [
            Modalities.Acoustic, Modalities.Visual, Modalities.Lexical, Modalities.Acoustic | Modalities.Visual, Modalities.Acoustic | Modalities.Lexical,
            Modalities.Visual | Modalities.Lexical, Modalities.All,
        ];
        return [.. sets.Select(set => new MimicCeiling(set, table))];
    }

    // What is not seen counts as 0.
    private static int Seen(int cell, Modalities modalities) =>
        (modalities.HasFlag(Modalities.Acoustic) ? cell / 36 * 36 : 0)
        + (modalities.HasFlag(Modalities.Visual) ? cell / 6 % 6 * 6 : 0)
        + (modalities.HasFlag(Modalities.Lexical) ? cell % 6 : 0);

    private static (double Accuracy, double Waf, double Uar) Score(double[,] confusion)
    {
        double accuracy = 0, waf = 0, uar = 0;
        var present = 0;
        for (var emotion = 0; emotion < LatentTable.Emotions; emotion++)
        {
            double support = 0, answered = 0, right = confusion[emotion, emotion];
            for (var other = 0; other < LatentTable.Emotions; other++)
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
