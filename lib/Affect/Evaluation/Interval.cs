using System.Globalization;

namespace Affect.Evaluation;

/// <summary>A measured value and the interval that resampling gives it.</summary>
public sealed record Interval
{
    /// <summary>The value measured on all clips.</summary>
    public required double Value { get; init; }

    /// <summary>The interval's lower end.</summary>
    public required double Low { get; init; }

    /// <summary>The interval's upper end.</summary>
    public required double High { get; init; }

    /// <summary>As in <c>0.412 [0.371, 0.448]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:F3} [{Low:F3}, {High:F3}]");
}
