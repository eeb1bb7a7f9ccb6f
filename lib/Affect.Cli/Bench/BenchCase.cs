namespace Affect.Cli.Bench;

/// <summary>One thing to time.</summary>
/// <param name="Name">As in <c>ops/add-4x4</c>.</param>
/// <param name="Ours">Does the work once; returns seconds (per operation, where it repeats it).</param>
internal sealed record BenchCase(string Name, Func<double> Ours) : IDisposable
{
    /// <summary>What it is compared with, in alternation: somebody else's way to do the work, or our own other way, by its name.</summary>
    public IReadOnlyList<(string Name, Func<double> Run)> Peers { get; init; } = [];

    /// <summary>What stands beside the figures, as the cosine between two precisions; asked for after the runs.</summary>
    public Func<string>? Note { get; init; }

    /// <summary>What to free afterwards.</summary>
    public IReadOnlyList<IDisposable> Owned { get; init; } = [];

    public void Dispose()
    {
        foreach (var owned in Owned) owned.Dispose();
    }
}
