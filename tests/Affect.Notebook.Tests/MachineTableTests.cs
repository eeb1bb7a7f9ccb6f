namespace Affect.Notebook.Tests;

public sealed class MachineTableTests
{
    [Fact]
    public void The_machine_is_described_without_paths()
    {
        var table = MachineTable.Read();
        Assert.Contains(table.Rows, row => row[0] == "libtorch" && char.IsAsciiDigit(row[1][0]));
        Assert.Contains(table.Rows, row => row[0] == "ffmpeg" && char.IsAsciiDigit(row[1][0]));
        Assert.DoesNotContain(table.Rows, row => row[1].Contains('/', StringComparison.Ordinal));
    }
}
