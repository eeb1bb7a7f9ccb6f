namespace Affect.Cli.Notebooks;

/// <summary>How long a cell may take, as the user says it.</summary>
internal static class CellTime
{
    /// <summary>The time; without end where the user has set none.</summary>
    /// <param name="seconds">What <c>--timeout</c> says; null where it is left out.</param>
    /// <exception cref="FormatException">It is no time.</exception>
    internal static TimeSpan Of(double? seconds) => seconds switch
    {
        null => Timeout.InfiniteTimeSpan,
        > 0 and < int.MaxValue / 1000 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new FormatException($"--timeout must be a number of seconds above 0, but was {seconds.Value.ToString(CultureInfo.InvariantCulture)}."),
    };
}
