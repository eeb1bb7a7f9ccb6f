namespace Affect.Notebook.Figures;

/// <summary>One layer's score.</summary>
public sealed record LayerPoint
{
    /// <summary>The layer; 0 is the input of the first block.</summary>
    public required int Layer { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The score over all held-out clips, with its interval.</summary>
    public required Interval Score { get; init; }

    /// <summary>The score of each fold by itself; may be empty.</summary>
    public IReadOnlyList<double> Folds { get; init; } = [];
}
