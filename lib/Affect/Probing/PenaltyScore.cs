namespace Affect.Probing;

/// <summary>
/// One layer's probe with one and the same C in every fold, on all held-out clips together. For looking at, not for choosing by: whoever
/// takes the best of these has chosen on the clips that are reported.
/// </summary>
public sealed record PenaltyScore
{
    /// <summary>C.</summary>
    public required double Penalty { get; init; }

    /// <summary>Weighted F1.</summary>
    public required double Waf { get; init; }

    /// <summary>Mean recall.</summary>
    public required double Uar { get; init; }

    /// <summary>Share of right decisions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean negative log-probability of the true class, in nats.</summary>
    public required double LogLoss { get; init; }
}
