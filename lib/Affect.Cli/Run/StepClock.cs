using System.Diagnostics;

namespace Affect.Cli.Run;

/// <summary>Takes the time of the steps of a run.</summary>
internal sealed class StepClock
{
    private readonly List<(string Step, double Seconds)> steps = [];

    /// <summary>The steps that ended, with their seconds.</summary>
    internal IReadOnlyList<(string Step, double Seconds)> Steps => steps;

    /// <summary>Does one step.</summary>
    internal T Time<T>(string step, Func<T> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = work();
        steps.Add((step, Stopwatch.GetElapsedTime(begun).TotalSeconds));
        return result;
    }
}
