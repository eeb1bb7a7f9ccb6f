namespace Affect.Kernel.Tests.Headless;

public sealed class OutputRecorderTests
{
    [Fact]
    public void Outputs_are_stored_as_nbformat_stores_them()
    {
        // The golden notebook's outputs were given to nbformat as plain texts; the same texts are given to the recorder.
        var expected = JsonNode.Parse(File.ReadAllText(Repository.Golden("notebook", "layout.ipynb")))!["cells"]![3]!["outputs"]!;
        string Plain(int output, string key) => NotebookJson.Text(expected[output]!["data"]?[key] ?? expected[output]![key]);
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        Print(recorder, "one\ntw");
        Print(recorder, "o\r33%\rno newline");
        Print(recorder, Plain(1, "text"), "stderr");
        var data = expected[2]!["data"]!.AsObject().Select(form => KeyValuePair.Create<string, JsonNode?>(
            form.Key, form.Key.EndsWith("json", StringComparison.Ordinal) ? form.Value!.DeepClone() : JsonValue.Create(Plain(2, form.Key))));
        Display(recorder, new JsonObject(data), "d");
        recorder.Send("execute_result", OutputRelay.Shown(new Dictionary<string, JsonNode> { ["text/plain"] = Plain(3, "text/plain") }, "execution_count", 7));
        var traceback = expected[4]!["traceback"]!.AsArray().Select(line => (string)line!);
        recorder.Send("error", new CellError { Name = "E", Message = "v\nw", Traceback = [.. traceback] }.ToJson());
        recorder.End();

        ((JsonObject)expected[2]!)["metadata"] = new JsonObject(); // a size, which we never give
        Assert.Equal(NotebookJson.Write(expected), NotebookJson.Write(outputs));
    }

    [Fact]
    public void An_update_rewrites_what_is_stored_also_in_an_earlier_cell()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var first = recorder.Begin();
        Display(recorder, Text("old"), "x");
        Display(recorder, Text("other"), "y");
        var second = recorder.Begin();
        Display(recorder, Text("new"), "x", "update_display_data");
        Display(recorder, Text("nobody"), "z", "update_display_data");
        recorder.End();
        Assert.Equal(["new", "other"], first.Select(Shown));
        Assert.Empty(second);
    }

    [Fact]
    public void Clearing_takes_away_at_once_or_with_the_next_output()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        Print(recorder, "a");
        recorder.Send("clear_output", new JsonObject { ["wait"] = true });
        Assert.Single(outputs);
        Display(recorder, Text("b"), null);
        Assert.Equal(["b"], outputs.Select(Shown));
        recorder.Send("clear_output", new JsonObject { ["wait"] = false });
        Assert.Empty(outputs);
        Print(recorder, "c");
        recorder.End();
        Assert.Equal("c", NotebookJson.Text(Assert.Single(outputs)!["text"]));
    }

    [Fact]
    public void Too_much_print_is_cut_with_a_note()
    {
        var recorder = new OutputRecorder(mostCharacters: 10);
        var outputs = recorder.Begin();
        for (var i = 0; i < 100; i++) Print(recorder, "abc\n");
        recorder.End();
        Assert.Equal("abc\nabc\nab\n... what the cell printed after 10 characters is left out\n", NotebookJson.Text(Assert.Single(outputs)!["text"]));
    }

    [Fact]
    public void What_comes_after_the_cell_has_ended_is_nobodys()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        recorder.End();
        Print(recorder, "late");
        Assert.Empty(outputs);
        Assert.Empty(recorder.Begin());
    }

    [Fact]
    public void Claims_are_read_from_the_outputs()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        Display(recorder, new JsonObject { [OutputRecorder.ClaimMime] = new JsonObject { ["text"] = "1 is less than 2", ["passed"] = true } }, null);
        Display(recorder, new JsonObject { [OutputRecorder.ClaimMime] = new JsonObject { ["text"] = "broken", ["passed"] = "yes" } }, null);
        Assert.Equal([new ClaimReport("1 is less than 2", true), new ClaimReport("broken", false)], OutputRecorder.Claims(outputs));
    }

    private static void Print(OutputRecorder recorder, string text, string name = "stdout") =>
        recorder.Send("stream", new JsonObject { ["name"] = name, ["text"] = text });

    private static void Display(OutputRecorder recorder, JsonObject data, string? id, string type = "display_data") => recorder.Send(type, new JsonObject
    {
        ["data"] = data,
        ["metadata"] = new JsonObject(),
        ["transient"] = id is null ? new JsonObject() : new JsonObject { ["display_id"] = id },
    });

    private static JsonObject Text(string text) => new() { ["text/plain"] = text };

    private static string Shown(JsonNode? output) => NotebookJson.Text(output!["data"]!["text/plain"]);
}
