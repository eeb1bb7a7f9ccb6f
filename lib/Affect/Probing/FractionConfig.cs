namespace Affect.Probing;

/// <summary>How a probe is measured when only a part of the labels is there.</summary>
public sealed record FractionConfig
{
    /// <summary>The shares of the labels, ascending, above 0 and at most 1.</summary>
    public IReadOnlyList<double> Fractions { get; init => field = Checked(value); } = [0.05, 0.1, 0.25, 0.5, 1];

    /// <summary>Each seed draws other labels; whatever is compared is given the same.</summary>
    public IReadOnlyList<int> Seeds { get; init => field = Require.Different(value, nameof(Seeds)); } = [1, 2, 3];

    /// <summary>The values of C to choose from (<see cref="ProbeConfig.Penalties"/>), chosen on speakers of the labelled share alone.</summary>
    public IReadOnlyList<double> Penalties { get; init => field = Require.NotEmpty(value); } = [0.001, 0.01, 0.1, 1];

    /// <summary>Whether each speaker's features are first brought to mean 0 and deviation 1, as <see cref="ProbeConfig.NormaliseBySpeaker"/> says: without labels, with all of a speaker's clips of the folds.</summary>
    public bool NormaliseBySpeaker { get; init; }

    /// <summary>How often the intervals are to hold the true value, 0.5 … 0.9999.</summary>
    public double IntervalLevel { get; init => field = Require.Between(0.5, 0.9999, value); } = 0.95;

    private static double[] Checked(IReadOnlyList<double> values, [CallerMemberName] string name = "")
    {
        Require.NotEmpty(values, name);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not (> 0 and <= 1) || (i > 0 && values[i] <= values[i - 1]))
                throw new ArgumentException($"{name} must be shares above 0 and at most 1, ascending, but are [{string.Join(", ", values)}].", name);
        }
        return [.. values];
    }
}
