namespace Affect.Adapters.Adaptation;

/// <summary>What one seed's adaptations make of a corpus: every labelled clip judged once, by the fold that has not met its speaker.</summary>
public sealed record AdaptedCorpus
{
    /// <summary>What was adapted and how, in words.</summary>
    public required string Title { get; init; }

    /// <summary>The seed of folds, weights and order.</summary>
    public required int Seed { get; init; }

    /// <summary>The clips that could be read, of all parts; the features' order, and what folds point into.</summary>
    public required Corpus Corpus { get; init; }

    /// <summary>One per outer fold.</summary>
    public required IReadOnlyList<AdaptedFold> Folds { get; init; }

    /// <summary>The decisions on all labelled clips.</summary>
    public Decisions Decided
    {
        get
        {
            var judged = Folds.SelectMany(Judged).OrderBy(pair => pair.Clip).ToArray();
            return new Decisions(
                Corpus.Emotions,
                [.. judged.Select(pair => Corpus.Clips[pair.Clip].Id)],
                [.. judged.Select(pair => Corpus.Clips[pair.Clip].Speaker)],
                [.. judged.Select(pair => Corpus.Labels[pair.Clip])],
                [.. judged.Select(pair => Softmax(pair.Logits))]);
        }
    }

    /// <summary>How many numbers trained in the encoder, in each fold.</summary>
    public long TrainedInEncoder => Folds[0].TrainedInEncoder;

    /// <summary>How many numbers full fine-tuning trains in the encoder.</summary>
    public long FullFineTuning => Folds[0].FullFineTuning;

    /// <summary>How long the folds' trainings took where they were done, in seconds; without what was kept below the adapted layers.</summary>
    public double Seconds => Folds.Sum(fold => fold.Seconds);

    /// <summary>The mean WAF of the kept epochs on the speakers that they were chosen by; it flatters.</summary>
    public double InnerWaf => Folds.Average(fold => fold.InnerWaf);

    private static IEnumerable<(int Clip, float[] Logits)> Judged(AdaptedFold fold)
    {
        var rows = fold.Features.ClipIds.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        return fold.Fold.Held.Select(clip => (clip, fold.Logits[rows[fold.ClipIds[clip]]]));
    }

    private static double[] Softmax(float[] logits)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. shares.Select(share => share / shares.Sum())];
    }
}
