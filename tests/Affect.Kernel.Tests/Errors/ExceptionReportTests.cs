namespace Affect.Kernel.Tests.Errors;

public sealed class ExceptionReportTests : CellTests
{
    [Fact]
    public void The_way_through_the_cells_is_shown_and_the_librarys_inside_is_not()
    {
        cells.Run("int Read(string text)\n{\n    return int.Parse(text);\n}");
        var error = cells.Fails("var numbers = new[] { \"1\", \"zwölf\" };\nforeach (var text in numbers)\n    Read(text);");
        Assert.Equal(
            [
                "FormatException: The input string 'zwölf' was not in a correct format.",
                "  in Number.ThrowFormatException(ReadOnlySpan<TChar>)",
                "  in Int32.Parse(String)",
                "  cell[1]:line 3",
                "          return int.Parse(text);",
                "          ^^^^^^^^^^^^^^^^^^^^^^^",
                "  cell[2]:line 3",
                "          Read(text);",
                "          ^^^^^^^^^^^",
            ],
            error.Traceback);
        Assert.Equal("cell[1]:line 3: FormatException: The input string 'zwölf' was not in a correct format.", error.Summary);
    }

    [Fact]
    public void Many_calls_inside_a_library_are_counted()
    {
        var error = cells.Fails("System.Text.Json.JsonSerializer.Deserialize<int[]>(\"[1, x]\")");
        Assert.StartsWith("JsonException: 'x' is an invalid start of a value.", error.Traceback[0], StringComparison.Ordinal);
        Assert.Matches(@"^  \.\.\. \d+ calls inside the library$", error.Traceback[2]);
        Assert.StartsWith("  in JsonSerializer.", error.Traceback[3], StringComparison.Ordinal);
        Assert.Equal("  cell[1]:line 1", error.Traceback[4]);
        Assert.Contains(error.Traceback, line => line.StartsWith("caused by JsonReaderException: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_caused_it_follows_with_its_own_place()
    {
        var error = cells.Fails("try { throw new InvalidOperationException(\"inner\"); }\ncatch (Exception e) { throw new ArgumentException(\"outer\", e); }");
        var text = string.Join('\n', error.Traceback.Where(line => !line.StartsWith("   ", StringComparison.Ordinal)));
        Assert.Equal("ArgumentException: outer\n  cell[1]:line 2\ncaused by InvalidOperationException: inner\n  cell[1]:line 1", text);
    }

    [Fact]
    public void An_exception_after_an_await_and_one_of_a_task_are_told_alike()
    {
        var awaited = cells.Fails("async Task Fail()\n{\n    await Task.Yield();\n    throw new InvalidOperationException(\"later\");\n}\nawait Fail();");
        Assert.Equal("cell[1]:line 4: InvalidOperationException: later", awaited.Summary);
        Assert.Contains("  cell[1]:line 6", awaited.Traceback);
        var waited = cells.Fails("Fail().Wait();");
        Assert.Equal("cell[1]:line 4: InvalidOperationException: later", waited.Summary);
    }

    [Fact]
    public void An_exception_class_of_a_cell_is_named_as_it_was_written() =>
        Assert.Equal("cell[1]:line 2: OddityException: odd", cells.Fails("class OddityException : Exception { public OddityException() : base(\"odd\") { } }\nthrow new OddityException();").Summary);

    [Fact]
    public void A_value_whose_text_throws_is_told_in_its_place_and_the_cell_goes_on() =>
        Assert.Contains("whose text throws NotSupportedException: unseen", cells.Value("class Shy { public override string ToString() => throw new NotSupportedException(\"unseen\"); }\nnew Shy()"), StringComparison.Ordinal);

    [Fact]
    public void An_index_out_of_range_at_the_top_level_names_its_line_though_optimised_code_does_not()
    {
        var error = cells.Fails("var numbers = new[] { 1, 2 };\nvar third = numbers[2];");
        Assert.Equal(["IndexOutOfRangeException: Index was outside the bounds of the array.", "  cell[1]:line 2", "      var third = numbers[2];", "      ^^^^^^^^^^^^^^^^^^^^^^^"], error.Traceback);
        Assert.Equal("cell[1]:line 2", error.Place);
    }
}
