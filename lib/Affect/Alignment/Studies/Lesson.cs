namespace Affect.Alignment.Studies;

/// <summary>What a teacher may learn from.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Seed">The seed of everything drawn.</param>
/// <param name="Fold">The division: nothing of the held-out side's speakers may be learned from.</param>
/// <param name="Known">The clips whose labels may be used, as positions in the corpus; among those that the fold learns from or chooses by.</param>
public sealed record Lesson(Corpus Corpus, int Seed, OuterFold Fold, IReadOnlyList<int> Known)
{
    /// <summary>The corpus of the clips whose labels may be used, all of them in the train part.</summary>
    public Corpus Labelled => new(
        Corpus.Name, Corpus.Root, Corpus.Emotions, [.. Known.Select(clip => Corpus.Clips[clip] with { Split = SplitNames.Train })], Corpus.IsSynthetic);

    /// <summary>
    /// The fold with nothing to learn from and to choose by but clips whose labels may be used. Where these are a part of the fold's, they are divided anew: of
    /// the clips that the fold chooses by, few labels might be known, or none.
    /// </summary>
    public OuterFold Taught
    {
        get
        {
            if (Known.Count == Fold.Train.Count + Fold.Choose.Count) return Fold;
            if (Known.Select(clip => Corpus.Clips[clip].Speaker).Distinct(StringComparer.Ordinal).Take(2).Count() < 2) return Fold with { Train = [.. Known.Order()], Choose = [] };
            var inner = InnerSplit.Divide(Corpus, Known, seed: Seed);
            return Fold with { Train = [.. inner.Train.Order()], Choose = [.. inner.Held.Order()] };
        }
    }
}
