namespace Affect.Probing;

/// <summary>One layer's probe on the held-out clips of one fold.</summary>
public sealed record FoldScore
{
    /// <summary>The fold's number.</summary>
    public required int Fold { get; init; }

    /// <summary>How many clips were held out.</summary>
    public required int Clips { get; init; }

    /// <summary>The C that the training part chose for this fold.</summary>
    public required double Penalty { get; init; }

    /// <summary>Weighted F1.</summary>
    public required double Waf { get; init; }

    /// <summary>Mean recall over the classes that occur among the held-out clips.</summary>
    public required double Uar { get; init; }

    /// <summary>Share of right decisions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Plain mean F1 over all classes.</summary>
    public required double MacroF1 { get; init; }
}
