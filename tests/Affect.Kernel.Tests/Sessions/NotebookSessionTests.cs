namespace Affect.Kernel.Tests.Sessions;

public sealed class NotebookSessionTests : CellTests
{
    [Fact]
    public void A_last_expression_without_semicolon_is_the_result()
    {
        Assert.Equal("3", cells.Value("1 + 2"));
        cells.Run("1 + 2;");
        Assert.Equal(["error: CS0201"], cells.Said);
        Assert.Equal(CellStatus.Succeeded, cells.Run("(string?)null").Status);
        Assert.Empty(cells.Said);
    }

    [Fact]
    public void Variables_types_methods_and_usings_hold_in_later_cells()
    {
        cells.Run("using System.IO; var x = 20; record Point(int X); int Twice(int n) => 2 * n;");
        Assert.Equal("Point { X = 40 }, txt", cells.Value("$\"{new Point(Twice(x))}, {Path.GetExtension(\"a.txt\")[1..]}\""));
        cells.Run("x += 1;");
        Assert.Equal("21", cells.Value("x"));
    }

    [Fact]
    public void Numbers_are_formatted_alike_everywhere()
    {
        Assert.Equal("0.5", cells.Value("0.5"));
        Assert.Equal("0.5", cells.Value("$\"{0.5}\""));
    }

    [Fact]
    public void A_class_can_be_declared_anew()
    {
        cells.Run("class Model { public int Layers = 1; } var old = new Model();");
        cells.Run("class Model { public int Layers = 2; public int Heads = 3; }");
        Assert.Equal("1 2 3", cells.Value("$\"{old.Layers} {new Model().Layers} {new Model().Heads}\""));
        cells.Run("var x = 1;");
        cells.Run("var x = \"now text\";");
        Assert.Equal("now text", cells.Value("x"));
    }

    [Fact]
    public void Extension_methods_beside_other_code_work_at_the_top_level_only_and_the_error_says_so()
    {
        cells.Run("public static int Twice(this int x) => 2 * x;");
        Assert.Equal("10", cells.Value("5.Twice()"));
        var error = cells.Fails("static class Extensions { public static int Thrice(this int x) => 3 * x; }\nvar y = 1;");
        Assert.Equal("CS1109", error.Name);
        Assert.Contains(error.Traceback, line => line.Contains("hint: an extension method in a cell is written at the top level", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_cell_set_before_it_threw_can_be_used_by_the_next()
    {
        cells.Fails("var progress = 0;\nforeach (var x in new[] { 5, 2, 0 })\n    progress += 10 / x;");
        Assert.Equal("7", cells.Value("progress"));
    }

    [Fact]
    public void A_cell_that_does_not_compile_leaves_nothing_behind()
    {
        cells.Run("var x = 1;");
        cells.Fails("var x = 2; nonsense");
        Assert.Equal("1", cells.Value("x"));
    }

    [Fact]
    public void A_cell_of_usings_alone_holds()
    {
        Assert.Equal(CellStatus.Succeeded, cells.Run("using System.IO;").Status);
        cells.Run("var x = 5;");
        Assert.Equal(CellStatus.Succeeded, cells.Run("// nothing but a comment").Status);
        Assert.Equal("b 5", cells.Value("Path.GetFileName(\"/a/b\") + \" \" + x"));
    }

    [Fact]
    public void Output_keeps_its_order_and_unfinished_lines()
    {
        cells.Run("Console.Write(\"a\"); Console.WriteLine(\"b\"); Console.Error.Write(\"c\"); Console.Write(\"dé€😀\"); 5");
        Assert.Equal(["stdout: ab\n", "stderr: c", "stdout: dé€😀", "result: 5"], cells.Said);
    }

    [Fact]
    public void What_other_threads_print_is_the_cells()
    {
        cells.Run("""
            var thread = new System.Threading.Thread(() => Console.Write("thread "));
            thread.Start(); thread.Join();
            await Task.Run(() => Console.Write("task"));
            """);
        Assert.Equal(["stdout: thread task"], cells.Said);
    }

    [Fact]
    public void Two_sessions_keep_their_output_apart()
    {
        using var other = new RecordedCells();
        other.Run("Console.Write(\"theirs\");");
        cells.Run("Console.Write(\"ours\");");
        Assert.Equal(["stdout: theirs"], other.Said);
        Assert.Equal(["stdout: ours"], cells.Said);
    }

    [Fact]
    public void Large_output_arrives_whole()
    {
        cells.Run("for (var i = 0; i < 100_000; i++) Console.WriteLine(\"0123456789\");");
        Assert.Equal("stdout: ".Length + 1_100_000, Assert.Single(cells.Said).Length);
    }

    [Fact]
    public void Nobody_is_at_the_keyboard()
    {
        var error = cells.Fails("Console.ReadLine()");
        Assert.Contains("Nobody is at the keyboard", error.Message, StringComparison.Ordinal);
        using var asked = new RecordedCells(new SessionOptions { Input = new StringReader("typed\n") });
        Assert.Equal("typed", asked.Value("Console.ReadLine()"));
    }

    [Fact]
    public void Awaiting_works_at_the_top_level_and_comes_back_to_the_cells_thread()
    {
        Assert.Equal("True", cells.Value("""
            var thread = Environment.CurrentManagedThreadId;
            await Task.Delay(5);
            await foreach (var x in Numbers()) Console.Write(x);
            async IAsyncEnumerable<int> Numbers() { yield return 1; await Task.Yield(); yield return 2; }
            thread == Environment.CurrentManagedThreadId
            """));
        Assert.Equal(["stdout: 12", "result: True"], cells.Said);
        Assert.Equal("True", cells.Value("thread == Environment.CurrentManagedThreadId"));
    }

    [Fact]
    public void What_nobody_awaits_fails_the_cell_when_that_has_come_to_its_end()
    {
        const string fail = "async void Fail(string why) { await Task.Yield(); throw new FormatException(why); }\n";
        var error = cells.Fails(fail + "Fail(\"unheard\");\nvar thread = Environment.CurrentManagedThreadId;\nawait Task.Delay(50);\nthread == Environment.CurrentManagedThreadId");
        Assert.Equal("cell[1]:line 1: FormatException: unheard", error.Summary);
        Assert.Equal(["result: True", "error: FormatException"], cells.Said);

        error = cells.Fails("Fail(\"one\"); Fail(\"two\");\nawait Task.Delay(50);");
        Assert.Contains("caused by FormatException: one", error.Traceback);
        Assert.Contains("caused by FormatException: two", error.Traceback);

        Assert.Equal("its own", cells.Fails("Fail(\"unheard\");\nawait Task.Delay(50);\nthrow new InvalidOperationException(\"its own\");").Message);
        Assert.Equal(["stderr: What the cell has started, and does not wait for, ended with FormatException: unheard\n", "error: InvalidOperationException"], cells.Said);
    }

    [Fact]
    public void Blocking_on_an_asynchronous_method_of_the_cell_does_not_wait_for_itself()
    {
        Assert.Equal("5", cells.Value("async Task<int> Five() { await Task.Delay(5); return 5; }\nFive().Result"));
    }

    [Fact]
    public void The_latest_language_works()
    {
        cells.Run("int[] xs = [1, 2, 3];\nvar text = xs is [var a, .., var b] ? $\"\"\"{a}..{b} \"q\" \"\"\" : \"\";");
        Assert.Equal("1..3 \"q\" ", cells.Value("text"));
    }

    [Fact]
    public void Deep_recursion_has_room() => Assert.Equal("100000", cells.Value("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);\nDepth(100_000)"));

    [Fact]
    public void Time_is_told_on_demand()
    {
        cells.Run("#!time\nvar x = 1;");
        Assert.Matches(@"^stdout: Wall time: [\d.]+ ms\n$", Assert.Single(cells.Said));
        Assert.Equal("1", cells.Value("#!csharp\nx"));
    }
}
