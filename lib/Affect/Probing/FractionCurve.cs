namespace Affect.Probing;

/// <summary>How well emotion is read from one kind of features as the labels grow in number.</summary>
public sealed record FractionCurve
{
    /// <summary>What the features are, in words.</summary>
    public required string Name { get; init; }

    /// <summary>How it was measured.</summary>
    public required FractionConfig Config { get; init; }

    /// <summary>One a share, ascending.</summary>
    public required IReadOnlyList<FractionScore> Points { get; init; }

    /// <summary>The held-out clips, in the order of decisions within a seed.</summary>
    public required IReadOnlyList<string> ClipIds { get; init; }

    /// <summary>Their true classes.</summary>
    public required IReadOnlyList<int> Targets { get; init; }

    /// <summary>Their speakers.</summary>
    public required IReadOnlyList<string> Speakers { get; init; }

    /// <summary>How many classes there are.</summary>
    public required int Classes { get; init; }

    /// <summary>This curve's score less another's at every share, on the same clips, labels, speakers and seeds.</summary>
    /// <param name="other">The other features' curve.</param>
    /// <param name="metric">Which score.</param>
    /// <returns>One a share.</returns>
    /// <exception cref="ArgumentException">The other curve was not measured on the same clips in the same way.</exception>
    public IReadOnlyList<PairedComparison> Compare(FractionCurve other, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ClipIds.SequenceEqual(other.ClipIds, StringComparer.Ordinal) || !Points.Select(point => point.Fraction).SequenceEqual(other.Points.Select(point => point.Fraction))
            || !Config.Seeds.SequenceEqual(other.Config.Seeds))
        {
            throw new ArgumentException($"other must be measured on the same clips, shares and seeds as {Name}, but {other.Name} was not.", nameof(other));
        }
        return [.. Points.Zip(other.Points, (mine, theirs) => PairedComparison.Of(Targets, [Runs(mine)], [Runs(theirs)], Classes, Speakers, metric, Config.IntervalLevel))];

        IReadOnlyList<IReadOnlyList<int>> Runs(FractionScore score) => [.. score.Predicted.Chunk(Targets.Count)];
    }
}
