namespace Affect.Kernel.Tests.Completion;

/// <summary>A class with documentation, for cells to look at.</summary>
/// <remarks>See <see cref="CompletionTests"/>.</remarks>
public static class Documented
{
    /// <summary>Doubles a number.</summary>
    /// <param name="number">Any <c>int</c>.</param>
    /// <returns>Two times <paramref name="number"/>.</returns>
    /// <exception cref="OverflowException">It is too large.</exception>
    public static int Twice(int number) => checked(2 * number);
}

public sealed class CompletionTests : IDisposable
{
    private readonly KernelClient client = new(new SessionOptions { References = [typeof(Documented).Assembly.Location] });

    public CompletionTests() => client.Run("var counts = new List<int> { 1, 2, 3 };\nint Twice(int n) => 2 * n;\nrecord Point(int Across, int Down) { public int Sum { get; set; } }\nvar corner = new Point(1, 2);\nstring? maybe = null;");

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("cou|", "counts")]
    [InlineData("Twi|", "Twice")]
    [InlineData("counts.AddR|", "AddRange")]
    [InlineData("counts.Wher|", "Where")]
    [InlineData("counts.Where(c => c.Compar|", "CompareTo")]
    [InlineData("counts.Select(c => new Point(c, c)).First().Acr|", "Across")]
    [InlineData("corner.Dow|\nvar x = 1;", "Down")]
    [InlineData("Console.WriteL|", "WriteLine")]
    [InlineData("System.Text.Json.JsonSer|", "JsonSerializer,JsonSerializerDefaults,JsonSerializerOptions")]
    [InlineData("using System.Thr|", "Threading")]
    [InlineData("DayOfWeek.Mon|", "Monday")]
    [InlineData("maybe?.Substr|", "Substring")]
    [InlineData("new Point(1, 2) { Su|", "Sum")]
    [InlineData("void F() { var inner = 1; inn|", "inner")]
    [InlineData("#!time\nawait Task.Del|", "Delay")]
    [InlineData("int.Par|", "Parse")]
    [InlineData("fore|", "foreach")]
    [InlineData("#!ti|", "#!time")]
    [InlineData("#!who|\ncounts", "#!who,#!whos")]
    [InlineData("1 + 1;\n  #!lsm|", "#!lsmagic")]
    [InlineData("\"a text of cou|", "")]
    [InlineData("// a comment on cou|", "")]
    [InlineData("$\"{cou|", "counts")]
    public void Names_are_completed(string code, string expected)
    {
        var (text, cursor) = Cursor(code);
        var reply = client.Ask("complete_request", new JsonObject { ["code"] = text, ["cursor_pos"] = cursor });
        Assert.Equal(expected, string.Join(',', reply.Content["matches"]!.AsArray().Select(match => match!.ToString())));
        Assert.Equal(cursor, (int)reply.Content["cursor_end"]!);
    }

    [Fact]
    public void Cursors_are_counted_in_code_points()
    {
        var reply = client.Ask("complete_request", new JsonObject { ["code"] = "var s = \"😀é😀\"; counts.AddR + 1", ["cursor_pos"] = 26 });
        Assert.Equal(["AddRange"], reply.Content["matches"]!.AsArray().Select(match => match!.ToString()));
        Assert.Equal((22, 26), ((int)reply.Content["cursor_start"]!, (int)reply.Content["cursor_end"]!));
        Assert.Equal("function", reply.Content["metadata"]!["_jupyter_types_experimental"]![0]!["type"]!.ToString());
    }

    [Theory]
    [InlineData("Affect.Kernel.Tests.Completion.Documented.Twi|ce(1)", "public static int Documented.Twice(int number)", "Doubles a number.", "- number: Any int.", "Returns: Two times number.", "- OverflowException: It is too large.")]
    [InlineData("Affect.Kernel.Tests.Completion.Documented.Twice(|", "Doubles a number.")]
    [InlineData("Console.WriteLine(|", "Console.WriteLine(")]
    [InlineData("counts|", "List<int> counts")]
    [InlineData("corner.Acro|ss", "int Point.Across")]
    [InlineData("Affect.Kernel.Tests.Completion.Docu|mented", "class Documented  // Affect.Kernel.Tests.Completion", "See CompletionTests.")]
    [InlineData("int Local() => Twice(3|);", "int Twice(int n)")]
    [InlineData("new Poi|nt(1, 2)", "Point.Point(int Across, int Down)")]
    public void What_a_name_means_is_told(string code, params string[] told)
    {
        var (text, cursor) = Cursor(code);
        var reply = client.Ask("inspect_request", new JsonObject { ["code"] = text, ["cursor_pos"] = cursor, ["detail_level"] = 0 });
        Assert.True((bool)reply.Content["found"]!);
        Assert.All(told, line => Assert.Contains(line, reply.Content["data"]!["text/plain"]!.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("nothing.Of(\"this\")|")]
    public void Where_there_is_no_name_nothing_is_found(string code)
    {
        var reply = client.Ask("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = 0 });
        Assert.Equal(("ok", false), (reply.Status, (bool)reply.Content["found"]!));
    }

    [Theory]
    [InlineData("var x = 1;", "complete", null)]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("#!time\nforeach (var x in new[] { 1 }) { }", "complete", null)]
    [InlineData("unknown(1)", "complete", null)]
    [InlineData("foreach (var x in new[] { 1 }) {", "incomplete", "    ")]
    [InlineData("class A { void F() {", "incomplete", "        ")]
    [InlineData("var s = \"\"\"\n  text", "incomplete", "")]
    [InlineData("Console.WriteLine(", "incomplete", "")]
    [InlineData("class {}}", "invalid", null)]
    [InlineData("int = 3;", "invalid", null)]
    [InlineData("1 + ;", "invalid", null)]
    public void A_console_is_told_whether_code_is_complete(string code, string status, string? indent)
    {
        var reply = client.Ask("is_complete_request", new JsonObject { ["code"] = code });
        Assert.Equal((status, indent), (reply.Status, reply.Content["indent"]?.ToString()));
    }

    [Fact]
    public void There_are_no_widgets_and_who_opens_one_is_told()
    {
        Assert.Empty(client.Ask("comm_info_request").Content["comms"]!.AsObject());
        var open = client.Send("comm_open", new JsonObject { ["comm_id"] = "1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        var info = client.Send("comm_info_request");
        Assert.Equal("ok", client.Reply(info).Status);
        Assert.Equal("comm_close", client.PublishedAbout(open).Single(message => message.Type != "status").Type);
    }

    [Fact]
    public void Looking_leaves_nothing_behind()
    {
        client.Ask("complete_request", new JsonObject { ["code"] = "var counts = \"now a text\"; counts.", ["cursor_pos"] = 35 });
        client.Ask("inspect_request", new JsonObject { ["code"] = "var counts = \"now a text\"; counts", ["cursor_pos"] = 32 });
        Assert.Equal("execute_result: 3", client.Run("counts.Count").Said[^1]);
    }

    private static (string Text, int Cursor) Cursor(string code)
    {
        var at = code.IndexOf('|', StringComparison.Ordinal);
        return at < 0 ? (code, code.Length) : (code.Remove(at, 1), at);
    }
}
