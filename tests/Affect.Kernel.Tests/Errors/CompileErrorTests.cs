namespace Affect.Kernel.Tests.Errors;

public sealed class CompileErrorTests : CellTests
{
    [Fact]
    public void Each_error_stands_with_its_line_and_carets_where_it_was_written()
    {
        var error = cells.Fails("var a = 1;\nwhile (a < 3) { a += missing; }\n\tint n = \"text\";");
        Assert.Equal(
            [
                "cell[1]:line 2: CS0103: The name 'missing' does not exist in the current context",
                "    while (a < 3) { a += missing; }",
                "                         ^^^^^^^",
                "cell[1]:line 3: CS0029: Cannot implicitly convert type 'string' to 'int'",
                "     int n = \"text\";",
                "             ^^^^^^",
            ],
            error.Traceback);
        Assert.Equal("cell[1]:line 2: CS0103: The name 'missing' does not exist in the current context", error.Summary);
        Assert.Equal(["error: CS0103"], cells.Said);
    }

    [Theory]
    [InlineData("using var reader = new System.IO.StringReader(\"x\");", "write using (var x = ...) { ... }")]
    [InlineData("var all = File.ReadAllText(\"x\");", "is it File of System.IO? Then write: using System.IO;")]
    [InlineData("Thread.Sleep(1);", "is it Thread of System.Threading? Then write: using System.Threading;")]
    [InlineData("namespace Mine { class A { } }\nvar x = 1;", "a cell with a namespace holds declarations alone")]
    [InlineData("Span<int> few = stackalloc int[2];", "use it inside a { block }")]
    [InlineData("static class E { extension(int x) { public int Twice => 2 * x; } }\nvar y = 1;", "put the class into a cell of its own")]
    [InlineData("var x = 1;\n#r \"System.Xml\"", "#r and #load stand before all code")]
    [InlineData("var x = 1;\n#!time", "directives stand at the head of a cell")]
    public void What_is_an_error_in_a_cell_only_comes_with_a_hint(string code, string hint)
    {
        var error = cells.Fails(code);
        Assert.True(error.Traceback.Any(line => line.StartsWith("    hint: ", StringComparison.Ordinal) && line.Contains(hint, StringComparison.Ordinal)), string.Join('\n', error.Traceback));
    }

    [Fact]
    public void A_using_declaration_is_one_error_not_three()
    {
        var error = cells.Fails("using var reader = new System.IO.StringReader(\"x\");\nvar text = reader.ReadToEnd();");
        Assert.Equal(4, error.Traceback.Count);
    }

    [Fact]
    public void A_long_list_of_errors_is_cut()
    {
        var error = cells.Fails(string.Join('\n', Enumerable.Range(0, 25).Select(i => $"missing{i}();")));
        Assert.Equal("and 15 more", error.Traceback[^1]);
    }

    [Fact]
    public void A_very_long_line_is_shown_around_the_error()
    {
        var error = cells.Fails($"var text = \"{new string('x', 500)}\"; var n = missing; var more = \"{new string('y', 500)}\";");
        Assert.True(error.Traceback[1].Length <= 204, error.Traceback[1]);
        var at = error.Traceback[2].IndexOf('^', StringComparison.Ordinal);
        Assert.Equal("missing", error.Traceback[1].Substring(at, 7));
    }
}
