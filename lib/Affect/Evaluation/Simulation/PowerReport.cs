namespace Affect.Evaluation.Simulation;

/// <summary>How often a corpus tells a difference that is there.</summary>
public sealed record PowerReport
{
    /// <summary>What was asked.</summary>
    public required PowerConfig Config { get; init; }

    /// <summary>The share of worlds in which the difference was told, one per difference of the config.</summary>
    public required IReadOnlyList<double> Power { get; init; }

    /// <summary>The share of clips about which one system is right and the other wrong, one run of each, where the two are equally good.</summary>
    public required double Discordance { get; init; }

    /// <summary>The least difference that is detected with 80 % power, interpolated between those tried; null where none is.</summary>
    public double? Least
    {
        get
        {
            const double wished = 0.8;
            var (differences, before) = (Config.Differences, (Difference: 0.0, Power: 0.05));
            for (var place = 0; place < differences.Count; place++)
            {
                if (Power[place] >= wished)
                    return before.Difference + (differences[place] - before.Difference) * (wished - before.Power) / (Power[place] - before.Power);
                before = (differences[place], Power[place]);
            }
            return null;
        }
    }
}
