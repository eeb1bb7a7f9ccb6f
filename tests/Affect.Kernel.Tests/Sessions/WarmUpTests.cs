namespace Affect.Kernel.Tests.Sessions;

public sealed class WarmUpTests
{
    [Fact]
    public void What_is_compiled_apart_compiles()
    {
        Assert.All(WarmUp.Apart, text => Assert.True(SubmissionEngine.CompileApart(text), text));
        Assert.False(SubmissionEngine.CompileApart("class Apart { int value = nothing; }"));
    }

    [Fact]
    public async Task Sessions_that_begin_while_the_compiler_warms_up_see_one_set_of_names()
    {
        for (var round = 0; round < 5; round++)
        {
            WarmUp.Start(new SessionOptions());
            using var cells = new RecordedCells();
            Assert.Equal("0, 1, 4", await Task.Run(() => cells.Value("string.Join(\", \", Enumerable.Range(0, 3).Select(n => n * n))")));
        }
    }

    [Fact]
    public void An_import_that_does_not_exist_is_told_by_the_first_cell()
    {
        var options = new SessionOptions { Imports = ["No.Such.Name"] };
        WarmUp.Start(options);
        using var cells = new RecordedCells(options);
        Assert.Contains("No", cells.Fails("1").Message, StringComparison.Ordinal);
    }
}
