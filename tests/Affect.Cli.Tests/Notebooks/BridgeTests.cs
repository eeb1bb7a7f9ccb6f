namespace Affect.Cli.Tests.Notebooks;

/// <summary>DataFrame and Plotly.NET in the cells of the laboratory's own runner, as a reader gets them: by one line, offline.</summary>
[Trait("Speed", "Slow")]
public sealed class BridgeTests : FolderTests
{
    [Fact]
    public void A_cell_makes_and_shows_data_frames()
    {
        var outputs = Run(
            Load("frames.csx"),
            "new DataFrame(new DoubleDataFrameColumn(\"waf\", new double?[] { 0.5, null }))",
            "using Affect.Evaluation;\nvar decisions = new Decisions([\"sad\", \"happy\"], [\"a\"], [\"s\"], [0], [[0.75, 0.25]]);\ndecisions.ToDataFrame()");

        Assert.Empty(outputs[0]);
        Assert.Equal("waf\n0.5\n\n2 rows, 1 columns.", Form(outputs[1], "text/plain"));
        Assert.StartsWith("<table><thead><tr><th style=\"text-align:right\">waf</th>", Form(outputs[1], "text/html"), StringComparison.Ordinal);
        // The host's Decisions and the bridge's are one type.
        Assert.StartsWith("clip  speaker  emotion  predicted  correct   sad  happy\na     s        sad      sad        true     0.75   0.25", Form(outputs[2], "text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_makes_and_shows_charts_as_plotly_json()
    {
        var outputs = Run(
            Load("plotly.csx"),
            "Chart.Line<int, int, string>([1, 2], [3, 4]).WithTitle(\"mine\")",
            "new Affect.Notebook.Figures.ClassBalanceFigure(\"How many?\", [(\"sad\", 3), (\"happy\", 4)], speakers: 2, isSynthetic: false).ToChart().WithXAxisStyle<double, double, string>(TitleText: \"clips\")");

        Assert.Empty(outputs[0]);
        foreach (var (output, title) in new[] { (outputs[1], "mine"), (outputs[2], "How many?") })
        {
            var chart = Assert.IsType<JsonObject>(Assert.Single(output)["data"]!["application/vnd.plotly.v1+json"]);
            Assert.Equal(title, (string?)chart["layout"]!["title"]!["text"]);
            Assert.NotEmpty(chart["data"]!.AsArray());
            Assert.StartsWith($"{title} (1 ", Form(output, "text/plain"), StringComparison.Ordinal);
            Assert.DoesNotContain("http", output[0]!.ToJsonString(), StringComparison.Ordinal);
        }
        Assert.Equal("clips", (string?)outputs[2][0]["data"]!["application/vnd.plotly.v1+json"]!["layout"]!["xaxis"]!["title"]!["text"]);
    }

    private static string Load(string file) => $"#!import \"{Path.Combine(NotebookFile.Folder, file)}\"";

    private static string Form(IReadOnlyList<JsonObject> output, string mimeType) => NotebookFile.TextOf(Assert.Single(output)["data"]![mimeType]);

    private List<List<JsonObject>> Run(params string[] sources)
    {
        LabProcess.Done("notebooks", "run", NotebookFile.Write(In("n.ipynb"), sources), "--out", In("out"));
        return [.. new NotebookFile(In("out", "n.ipynb")).Code.Select(cell => cell["outputs"]!.AsArray().Select(output => output!.AsObject()).ToList())];
    }
}
