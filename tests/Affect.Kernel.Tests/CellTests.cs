namespace Affect.Kernel.Tests;

/// <summary>Tests of what cells do, each in a session of its own.</summary>
public abstract class CellTests : IDisposable
{
    private protected CellTests(SessionOptions? options = null) => cells = new RecordedCells(options);

    private protected readonly RecordedCells cells;

    public void Dispose()
    {
        cells.Dispose();
        GC.SuppressFinalize(this);
    }
}
