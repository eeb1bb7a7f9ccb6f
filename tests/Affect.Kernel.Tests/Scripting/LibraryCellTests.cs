namespace Affect.Kernel.Tests.Scripting;

public sealed class LibraryCellTests : CellTests
{
    [Fact]
    public void A_namespace_can_be_declared_and_used_behind_its_cell()
    {
        cells.Run("var before = 2;");
        cells.Runs("namespace Shapes\n{\n    public record Circle(double Radius);\n}");
        Assert.Equal("2 3", cells.Value("using Shapes;\n$\"{before} {new Circle(3).Radius}\""));
        cells.Runs("namespace Shapes.More;\npublic static class Areas { public static double Of(Circle circle) => Math.Round(Math.PI * circle.Radius * circle.Radius); }");
        Assert.Equal("28", cells.Value("Shapes.More.Areas.Of(new Circle(3))"));
    }

    [Fact]
    public void Extension_methods_and_blocks_work_in_a_static_class()
    {
        cells.Runs("public static class Words\n{\n    public static int Vowels(this string text) => text.Count(letter => \"aeiou\".Contains(letter));\n}");
        Assert.Equal("3", cells.Value("\"emotion\".Vowels() - 1"));
        cells.Runs("public static class Numbers\n{\n    extension(int number) { public bool IsEven => number % 2 == 0; }\n}");
        Assert.Equal("True", cells.Value("4.IsEven"));
    }

    [Fact]
    public void A_cell_that_runs_again_is_the_same_library_and_a_changed_one_is_refused()
    {
        const string code = "public static class Words { public static int Length2(this string text) => 2 * text.Length; }";
        cells.Runs(code);
        cells.Runs(code);
        Assert.Equal("4", cells.Value("\"ab\".Length2()"));
        var error = cells.Fails(code.Replace("2 *", "3 *", StringComparison.Ordinal));
        Assert.StartsWith("Words was declared by an earlier cell with other code:", error.Message, StringComparison.Ordinal);
        Assert.Equal("4", cells.Value("\"ab\".Length2()"));
    }

    [Fact]
    public void Its_errors_and_its_exceptions_name_its_lines_and_its_loops_can_be_stopped()
    {
        Assert.Equal("cell[1]:line 4", cells.Fails("namespace A\n{\n    class B\n    { int wrong = \"text\"; }\n}").Place);
        cells.Runs("namespace A\n{\n    public static class C\n    {\n        public static void Fail() =>\n            throw new FormatException(\"no\");\n        public static void Spin() { while (true) { } }\n    }\n}");
        Assert.Contains("  cell[2]:line 6", cells.Fails("A.C.Fail();").Traceback);
        using var impatient = new RecordedCells(new SessionOptions { CellTimeout = TimeSpan.FromSeconds(3) });
        impatient.Run("namespace A { public static class C { public static void Spin() { while (true) { } } } }");
        Assert.Equal(CellStatus.TimedOut, impatient.Run("A.C.Spin();").Status);
        Assert.False(impatient.Session.IsLost);
    }

    [Fact]
    public void Code_beside_a_namespace_is_told_where_it_belongs()
    {
        var error = cells.Fails("namespace A { class B { } }\nvar x = 1;");
        Assert.Contains(error.Traceback, line => line.Contains("put the code that uses them into the next cell", StringComparison.Ordinal));
    }
}
