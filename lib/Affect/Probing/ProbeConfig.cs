namespace Affect.Probing;

/// <summary>How layers are probed.</summary>
public sealed record ProbeConfig
{
    /// <summary>
    /// The values of C to choose from, ascending: the penalty on the weights W (not on the bias) is ‖W‖² / (2C) against the sum of the
    /// losses over the training clips, so a small C is a strong penalty.
    /// </summary>
    public IReadOnlyList<double> Penalties { get; init => field = Checked(value); } = [0.001, 0.01, 0.1, 1, 10];

    /// <summary>What the penalty is chosen by, inside the training part of each fold.</summary>
    public Metric Criterion { get; init; } = Metric.Waf;

    /// <summary>How often the intervals are to hold the true value, 0.5 … 0.9999.</summary>
    public double IntervalLevel { get; init => field = Require.Between(0.5, 0.9999, value); } = 0.95;

    /// <summary>
    /// Whether each speaker's features are first brought to mean 0 and deviation 1 over that speaker's clips. It uses no labels, but it
    /// does use all clips of a speaker, the held-out ones too: right for a corpus that is there as a whole, not for one clip at a time.
    /// </summary>
    public bool NormaliseBySpeaker { get; init; }

    /// <summary>Whether the learned weighted sum of all layers is trained as well.</summary>
    public bool WeightedSum { get; init; } = true;

    /// <summary>Whether the similarity (linear CKA) of every two layers is computed.</summary>
    public bool Similarity { get; init; } = true;

    /// <summary>How many clips the similarity is computed on at most; of a bigger corpus, a random part drawn with <see cref="Seed"/>.</summary>
    public int SimilarityClips { get; init => field = Require.AtLeast(2, value); } = 1024;

    /// <summary>Seeds the choice of clips for the similarity; the probes themselves draw nothing.</summary>
    public int Seed { get; init; } = 1;

    private static double[] Checked(IReadOnlyList<double> values, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(values, name);
        var isAscending = values.Count > 0;
        for (var i = 0; i < values.Count; i++) isAscending &= values[i] > 0 && double.IsFinite(values[i]) && (i == 0 || values[i] > values[i - 1]);
        if (isAscending) return [.. values];
        var list = string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
        throw new ArgumentException($"{name} must hold positive values of C in ascending order, but holds [{list}].", name);
    }
}
