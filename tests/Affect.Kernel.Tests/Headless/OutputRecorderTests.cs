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
        recorder.Stream("stdout", "one\ntw");
        recorder.Stream("stdout", "o\r33%\rno newline");
        recorder.Stream("stderr", Plain(1, "text"));
        recorder.Display(
            expected[2]!["data"]!.AsObject().ToDictionary(form => form.Key, form => form.Key.EndsWith("json", StringComparison.Ordinal) ? form.Value!.DeepClone() : JsonValue.Create(Plain(2, form.Key))),
            displayId: "d");
        recorder.Result(new Dictionary<string, JsonNode> { ["text/plain"] = Plain(3, "text/plain") }, 7);
        recorder.Error(new CellError { Name = "E", Message = "v\nw", Traceback = [.. expected[4]!["traceback"]!.AsArray().Select(line => (string)line!)] });
        recorder.End();

        ((JsonObject)expected[2]!)["metadata"] = new JsonObject(); // a size, which we never give
        Assert.Equal(NotebookJson.Write(expected), NotebookJson.Write(outputs));
    }

    [Fact]
    public void An_update_rewrites_what_is_stored_also_in_an_earlier_cell()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var first = recorder.Begin();
        recorder.Display(Text("old"), "x");
        recorder.Display(Text("other"), "y");
        var second = recorder.Begin();
        recorder.Update(Text("new"), "x");
        recorder.Update(Text("nobody"), "z");
        recorder.End();
        Assert.Equal(["new", "other"], first.Select(Shown));
        Assert.Empty(second);
    }

    [Fact]
    public void Clearing_takes_away_at_once_or_with_the_next_output()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        recorder.Stream("stdout", "a");
        recorder.ClearOutput(wait: true);
        Assert.Single(outputs);
        recorder.Display(Text("b"), null);
        Assert.Equal(["b"], outputs.Select(Shown));
        recorder.ClearOutput(wait: false);
        Assert.Empty(outputs);
        recorder.Stream("stdout", "c");
        recorder.End();
        Assert.Equal("c", NotebookJson.Text(Assert.Single(outputs)!["text"]));
    }

    [Fact]
    public void Too_much_print_is_cut_with_a_note()
    {
        var recorder = new OutputRecorder(mostCharacters: 10);
        var outputs = recorder.Begin();
        for (var i = 0; i < 100; i++) recorder.Stream("stdout", "abc\n");
        recorder.End();
        Assert.Equal("abc\nabc\nab\n... what the cell printed after 10 characters is left out\n", NotebookJson.Text(Assert.Single(outputs)!["text"]));
    }

    [Fact]
    public void What_comes_after_the_cell_has_ended_is_nobodys()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        recorder.End();
        recorder.Stream("stdout", "late");
        Assert.Empty(outputs);
        Assert.Empty(recorder.Begin());
    }

    [Fact]
    public void Claims_are_read_from_the_outputs()
    {
        var recorder = new OutputRecorder(int.MaxValue);
        var outputs = recorder.Begin();
        recorder.Display(new Dictionary<string, JsonNode> { [OutputRecorder.ClaimMime] = new JsonObject { ["text"] = "1 is less than 2", ["passed"] = true } }, null);
        recorder.Display(new Dictionary<string, JsonNode> { [OutputRecorder.ClaimMime] = new JsonObject { ["text"] = "broken", ["passed"] = "yes" } }, null);
        Assert.Equal([new ClaimReport("1 is less than 2", true), new ClaimReport("broken", false)], OutputRecorder.Claims(outputs));
    }

    private static Dictionary<string, JsonNode> Text(string text) => new() { ["text/plain"] = text };

    private static string Shown(JsonNode? output) => NotebookJson.Text(output!["data"]!["text/plain"]);
}
