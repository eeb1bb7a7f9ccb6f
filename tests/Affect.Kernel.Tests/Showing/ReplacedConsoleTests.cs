namespace Affect.Kernel.Tests.Showing;

/// <summary>The console is the process's: nothing else runs while a cell replaces it.</summary>
[Collection(nameof(Alone))]
public sealed class ReplacedConsoleTests : CellTests
{
    [Fact]
    public void A_writer_that_a_notebook_has_set_does_not_take_the_next_ones_output()
    {
        using (var first = new RecordedCells())
        {
            first.Run("var kept = new System.IO.StringWriter(); Console.SetOut(kept); Console.SetError(kept); Console.Write(\"kept\");");
            Assert.Equal("kept", first.Value("kept.ToString()"));
        }
        cells.Run("Console.Write(\"here\"); Console.Error.Write(\"there\");");
        Assert.Equal(["stdout: here", "stderr: there"], cells.Said);
    }
}
