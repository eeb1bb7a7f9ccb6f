namespace Affect.Data;

/// <summary>
/// One division of a corpus in three: clips to learn from, clips to choose by, clips to judge; no speaker is in two of them. Indices are those of
/// <see cref="Corpus.Clips"/>.
/// </summary>
public sealed record OuterFold
{
    /// <summary>The fold's number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The clips to learn from, ascending.</summary>
    public required IReadOnlyList<int> Train { get; init; }

    /// <summary>The clips that an epoch or a setting may be chosen by, ascending.</summary>
    public required IReadOnlyList<int> Choose { get; init; }

    /// <summary>The clips to judge, ascending.</summary>
    public required IReadOnlyList<int> Held { get; init; }

    /// <summary>Everything outside <see cref="Held"/>, for what chooses within its learning side by itself.</summary>
    public Fold ToFold() => new() { Index = Index, Train = [.. Train.Concat(Choose).Order()], Held = Held };
}
