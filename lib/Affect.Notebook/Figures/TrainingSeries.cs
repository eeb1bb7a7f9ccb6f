namespace Affect.Notebook.Figures;

/// <summary>One quantity over the steps of a training.</summary>
public sealed record TrainingSeries
{
    /// <summary>What it is, as in <c>masked frames, MFCC units</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The steps, in rising order.</summary>
    public required IReadOnlyList<double> Steps { get; init; }

    /// <summary>The value at each step.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>A value per step, from step 1 on.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="values">The values.</param>
    public static TrainingSeries Of(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TrainingSeries { Name = name, Steps = [.. Enumerable.Range(1, values.Count).Select(step => (double)step)], Values = values };
    }

    /// <summary>The value that the training ended with: the mean of the last twentieth of the steps, as single steps are noisy.</summary>
    internal double Last => Values.Skip(Values.Count - Math.Max(1, Values.Count / 20)).Average();

    /// <summary>At most so many points: neighbours are averaged.</summary>
    internal TrainingSeries Thinned(int most)
    {
        if (Steps.Count <= most) return this;
        return this with { Steps = Means(Steps), Values = Means(Values) };

        double[] Means(IReadOnlyList<double> values) => [.. Enumerable.Range(0, most).Select(part =>
        {
            var (from, to) = ((int)((long)part * values.Count / most), (int)((long)(part + 1) * values.Count / most));
            return values.Skip(from).Take(to - from).Average();
        })];
    }

    /// <summary>Checks that it can be drawn.</summary>
    /// <exception cref="ArgumentException">It has no steps, they do not rise, or a value is no number.</exception>
    internal void Check(string argument)
    {
        if (Steps.Count == 0 || Steps.Count != Values.Count)
            throw new ArgumentException(
                $"Series \"{Name}\" must have a value per step and at least one, but has {Values.Count} values at {Steps.Count} steps.", argument);
        foreach (var (index, (step, value)) in Steps.Zip(Values).Index())
        {
            if (!double.IsFinite(value) || !double.IsFinite(step))
                throw new ArgumentException(
                    FormattableString.Invariant($"Series \"{Name}\" must hold numbers only, but has {value} at step {step}."), argument);
            if (index > 0 && step <= Steps[index - 1])
                throw new ArgumentException(FormattableString.Invariant(
                    $"Series \"{Name}\" must list its steps in rising order, but {step} follows {Steps[index - 1]}."), argument);
        }
    }
}
