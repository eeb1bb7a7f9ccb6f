using Affect.Data;
using Affect.Evaluation;
using Affect.Features;

namespace Affect.Notebook.Experiments;

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
            var judged = Folds.SelectMany(fold => fold.Fold.Held.Select(clip => (Clip: clip, Logits: fold.Logits[clip]))).OrderBy(pair => pair.Clip).ToArray();
            return new Decisions(
                Corpus.Emotions,
                [.. judged.Select(pair => Corpus.Clips[pair.Clip].Id)],
                [.. judged.Select(pair => Corpus.Clips[pair.Clip].Speaker)],
                [.. judged.Select(pair => Corpus.Labels[pair.Clip])],
                [.. judged.Select(pair => Softmax(pair.Logits))]);
        }
    }

    /// <summary>The features of the adaptation that has learned from, and was chosen by, nothing but what a division allows.</summary>
    /// <param name="fold">A division of <paramref name="corpus"/>.</param>
    /// <param name="corpus">What the division's positions point into.</param>
    /// <exception cref="ArgumentException">Each adaptation has seen labels that the division does not allow: another seed, or another number of folds.</exception>
    public FeatureTable FeaturesFor(OuterFold fold, Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(corpus);
        var (learn, choose) = (Ids(corpus, fold.Train), Ids(corpus, fold.Choose));
        return Folds.FirstOrDefault(own => Ids(Corpus, own.Fold.Train).IsSubsetOf(learn) && Ids(Corpus, own.Fold.Choose).IsSubsetOf(choose))?.Features
            ?? throw new ArgumentException($"fold must be one of the {Folds.Count} outer folds of seed {Seed} that {Title} was adapted in, but each of these has seen labels that fold {fold.Index} does not allow.", nameof(fold));

        static HashSet<string> Ids(Corpus corpus, IReadOnlyList<int> clips) => clips.Select(clip => corpus.Clips[clip].Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How many numbers trained in the encoder, in each fold.</summary>
    public long TrainedInEncoder => Folds[0].TrainedInEncoder;

    /// <summary>How many numbers full fine-tuning trains in the encoder.</summary>
    public long FullFineTuning => Folds[0].FullFineTuning;

    /// <summary>How long the folds' trainings took where they were done, in seconds; without what was kept below the adapted layers.</summary>
    public double Seconds => Folds.Sum(fold => fold.Seconds);

    /// <summary>The mean WAF of the kept epochs on the speakers that they were chosen by; it flatters.</summary>
    public double InnerWaf => Folds.Average(fold => fold.InnerWaf);

    private static double[] Softmax(float[] logits)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. shares.Select(share => share / shares.Sum())];
    }
}
