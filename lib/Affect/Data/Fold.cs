namespace Affect.Data;

/// <summary>One division of a corpus into clips to learn from and clips held out; indices are those of <see cref="Corpus.Clips"/>.</summary>
public sealed record Fold
{
    /// <summary>The fold's number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The clips to learn from, ascending.</summary>
    public required IReadOnlyList<int> Train { get; init; }

    /// <summary>The clips to score on, ascending; with speaker-disjoint folds no speaker of these is in <see cref="Train"/>.</summary>
    public required IReadOnlyList<int> Held { get; init; }
}
