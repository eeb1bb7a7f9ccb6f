namespace Affect.Kernel.Tests.Running;

public sealed class InterruptTests : CellTests
{
    [Theory]
    [InlineData("var i = 0;\nwhile (true)\n    i++;", 3)]
    [InlineData("\nfor (;;);", 2)]
    [InlineData("do { } while (true);", 1)]
    [InlineData("var n = 0;\nagain: n++; goto again;", 2)]
    [InlineData("void Spin()\n{\n    while (true)\n    {\n        Math.Sqrt(2);\n    }\n}\nSpin();", 5)]
    [InlineData("long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(80)", 1)]
    [InlineData("Action spin = () => { while (true) { } };\nspin();", 1)]
    [InlineData("while (true)\n    try { while (true) { } } catch { }", null)]
    [InlineData("\nSystem.Threading.Thread.Sleep(60_000);", 2)]
    [InlineData("var x = 1;\nawait Task.Delay(60_000);", 2)]
    [InlineData("Task.Run(() => { while (true) { } })\n.Wait();", 1)]
    [InlineData("Enumerable.Repeat(1, int.MaxValue).Select(x => Math.Sin(x)).Concat(Enumerable.Repeat(1.0, int.MaxValue)).Sum()", 1)]
    [InlineData("Parallel.For(0, 2, i => { while (true) { } });", 1)]
    [InlineData("var gate = new object();\nlock (gate) { while (true) { } }", 2)]
    public async Task A_cell_that_does_not_end_is_stopped_in_its_line_and_the_next_one_runs(string code, int? line)
    {
        var outcome = await cells.StopWhenBegun($"Console.Write(\"begun\"); {code}");
        Assert.Equal(CellStatus.Interrupted, outcome.Status);
        Assert.False(cells.Session.IsLost);
        if (line is not null) Assert.Equal($"cell[1]:line {line}", outcome.Error!.Place);
        Assert.Contains("the cell was interrupted", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("2", cells.Value("1 + 1"));
    }

    [Fact]
    public void A_cell_that_takes_too_long_is_stopped()
    {
        using var impatient = new RecordedCells(new SessionOptions { CellTimeout = TimeSpan.FromSeconds(3) });
        var outcome = impatient.Run("var n = 0;\nwhile (true)\n    n++;");
        Assert.Equal(CellStatus.TimedOut, outcome.Status);
        Assert.Equal("cell[1]:line 3: Timeout: the cell took longer than 3 s", outcome.Error!.Summary);
        Assert.Equal("True", impatient.Value("n > 0"));
    }

    [Fact]
    public async Task What_cannot_be_stopped_ends_the_session_and_says_where()
    {
        var outcome = await cells.StopWhenBegun("Console.Write(\"begun\"); [System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds);\nsleep(20);");
        Assert.Equal(CellStatus.Interrupted, outcome.Status);
        Assert.Equal("cell[1]:line 2", outcome.Error!.Place);
        Assert.Contains("could not be stopped", outcome.Error.Message, StringComparison.Ordinal);
        Assert.True(cells.Session.IsLost);
        Assert.Throws<InvalidOperationException>(() => cells.Run("1"));
    }

    [Fact]
    public async Task The_caller_can_stop_a_cell()
    {
        var outcome = await cells.StopWhenBegun("var kept = 1;\nwhile (true) if (kept++ == 1) Console.Write(\"begun\");");
        Assert.Equal(CellStatus.Interrupted, outcome.Status);
        Assert.Equal("cell[1]:line 2: Interrupted: the cell was interrupted", outcome.Error!.Summary);
        Assert.Equal("True", cells.Value("kept > 1"));
    }

    [Fact]
    public async Task What_awaits_with_the_token_can_clean_up_on_the_cells_thread()
    {
        const string wait = """
            var thread = Environment.CurrentManagedThreadId;
            Console.Write("begun");
            try { await Task.Delay(60_000, Affect.Kernel.Running.CellInterrupt.Token); }
            finally { await Task.Yield(); Console.Write(thread == Environment.CurrentManagedThreadId ? " and cleaned up" : " but elsewhere"); }
            """;
        var outcome = await cells.StopWhenBegun(wait);
        Assert.Equal(CellStatus.Interrupted, outcome.Status);
        Assert.Equal("cell[1]:line 3", outcome.Error!.Place);
        Assert.Contains("stdout: begun and cleaned up", cells.Said);
    }

    [Fact]
    public async Task What_a_stopped_cell_could_not_undo_on_its_thread_does_not_reach_the_next()
    {
        cells.Run("public static class Mode { [ThreadStatic] public static int Depth; }");
        Assert.Equal("1", cells.Value("Mode.Depth = 1;\nMode.Depth"));
        await cells.StopWhenBegun("Mode.Depth++; Console.Write(\"begun\");\ntry { await Task.Delay(60_000); } finally { Mode.Depth--; }");
        Assert.Equal("0", cells.Value("Mode.Depth"));
        Assert.Equal("1", cells.Value("Mode.Depth = 1;\nMode.Depth"));
        await cells.StopWhenBegun("try { Mode.Depth++; Console.Write(\"begun\");\nwhile (true) { } } finally { Mode.Depth--; }");
        Assert.Equal("1", cells.Value("Mode.Depth"));
    }

    [Fact]
    public void Stopping_again_and_again_harms_nothing()
    {
        using var quick = new RecordedCells();
        quick.Run("var gate = new object(); var n = 0;");
        for (var i = 0; i < 20; i++)
        {
            var code = (i % 4) switch
            {
                0 => "while (true) lock (gate) n++;",
                1 => "while (true) { n++; Console.Write(\"x\"); }",
                2 => "lock (gate) System.Threading.Thread.Sleep(10_000);",
                _ => "while (true) try { throw new Exception(); } catch (InvalidOperationException) { } catch (Exception) { n++; }",
            };
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(0.05));
            Assert.Equal(CellStatus.Interrupted, quick.Run(code, soon.Token).Status);
        }
        Assert.Equal("free", quick.Value("lock (gate) Console.Write(\"\");\n\"free\""));
    }

    [Fact]
    public async Task The_checks_are_for_the_session_that_is_asked_alone()
    {
        using var other = new RecordedCells();
        var running = Task.Run(() => other.Value("var n = 0L;\nfor (var i = 0; i < 1_000_000_000L && n < 400_000_000; i++) n += 1;\nn"));
        await cells.StopWhenBegun("Console.Write(\"begun\"); while (true) { }");
        Assert.Equal("400000000", await running);
    }

    [Fact]
    public void Code_that_asks_for_nothing_sees_no_token() => Assert.Equal("False True", cells.Value("$\"{Affect.Kernel.Running.CellInterrupt.Token.IsCancellationRequested} {Affect.Kernel.Running.CellInterrupt.Token.CanBeCanceled}\""));
}
