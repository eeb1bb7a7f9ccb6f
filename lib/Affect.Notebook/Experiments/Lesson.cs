using Affect.Data;

namespace Affect.Notebook.Experiments;

/// <summary>What a teacher may learn from.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Seed">The seed of everything drawn.</param>
/// <param name="Fold">The division: nothing of the held-out side's speakers may be learned from.</param>
/// <param name="Known">The clips whose labels may be used, as positions in the corpus; among the fold's clips to learn from.</param>
public sealed record Lesson(Corpus Corpus, int Seed, Fold Fold, IReadOnlyList<int> Known)
{
    /// <summary>The corpus of the clips whose labels may be used, all of them in the train part.</summary>
    public Corpus Labelled => new(
        Corpus.Name, Corpus.Root, Corpus.Emotions, [.. Known.Select(clip => Corpus.Clips[clip] with { Split = SplitNames.Train })], Corpus.IsSynthetic);
}
