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
        var parts = Enumerable.Range(0, most).Select(part => (From: (int)((long)part * Steps.Count / most), To: (int)((long)(part + 1) * Steps.Count / most))).ToList();
        return this with
        {
            Steps = [.. parts.Select(part => Steps.Skip(part.From).Take(part.To - part.From).Average())],
            Values = [.. parts.Select(part => Values.Skip(part.From).Take(part.To - part.From).Average())],
        };
    }
}
