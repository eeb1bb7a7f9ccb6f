namespace Affect.Evaluation;

/// <summary>A measured value, its confidence interval, and how many speakers (and runs) the interval rests on.</summary>
public sealed record Interval
{
    /// <summary>The value measured on all clips.</summary>
    public required double Value { get; init; }

    /// <summary>The interval's lower end.</summary>
    public required double Low { get; init; }

    /// <summary>The interval's upper end.</summary>
    public required double High { get; init; }

    /// <summary>How many speakers it rests on; 0 where it does not rest on speakers.</summary>
    public int Speakers { get; init; }

    /// <summary>How many runs (seeds) it rests on. With 1 it says nothing about what another seed would give.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>How often such an interval holds the true value, 0.5 … 0.9999.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether all of the interval lies above a value, and it rests on enough speakers to say so.</summary>
    /// <param name="value">The value.</param>
    public bool LiesAbove(double value) => Low > value && (Speakers == 0 || Speakers >= PairedComparison.MinimumSpeakers);

    /// <summary>What the interval covers, in words, as in <c>12 speakers</c> or <c>12 speakers, 3 seeds</c>; empty where it does not rest on speakers.</summary>
    [JsonIgnore]
    public string Basis => Speakers == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{ResultText.Speakers(Speakers)}{(Runs > 1 ? $", {Runs} seeds" : "")}");

    /// <summary>As in <c>0.412 [0.371, 0.448] (12 speakers)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:F3} [{Low:F3}, {High:F3}]{(Speakers == 0 ? "" : $" ({Basis})")}");
}
