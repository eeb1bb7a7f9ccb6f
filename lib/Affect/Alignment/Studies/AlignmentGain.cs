namespace Affect.Alignment.Studies;

/// <summary>What a probe reads from pictures before and after alignment at one share of the labels; WAF with intervals by speaker.</summary>
public sealed record AlignmentGain
{
    /// <summary>The share of the labels, percent.</summary>
    public required int Percent { get; init; }

    /// <summary>How many labels that is.</summary>
    public required double Labels { get; init; }

    /// <summary>From the frozen encoder's frames, pooled.</summary>
    public required Interval Before { get; init; }

    /// <summary>From the aligner's network before training.</summary>
    public required Interval Untrained { get; init; }

    /// <summary>From the aligned vectors.</summary>
    public required Interval After { get; init; }

    /// <summary>After less before, on the same clips.</summary>
    public required Interval Difference { get; init; }

    /// <summary>From both side by side.</summary>
    public required Interval Both { get; init; }

    /// <summary>Both less before, on the same clips.</summary>
    public required Interval DifferenceOfBoth { get; init; }

    /// <summary>Both less the frames beside the untrained network's vectors, on the same clips.</summary>
    public required Interval DifferenceOfSound { get; init; }
}
