namespace Affect.Kernel.Tests;

/// <summary>An object of the host that a cell can reach.</summary>
public sealed class SharedWithCells : IDisposable
{
    private static readonly List<SharedWithCells> Open = [];

    public static SharedWithCells Offered => Open[^1];

    public string Text { get; set; } = "";

    public static IDisposable Offer(SharedWithCells shared)
    {
        Open.Add(shared);
        return shared;
    }

    public void Dispose() => Open.Remove(this);
}
