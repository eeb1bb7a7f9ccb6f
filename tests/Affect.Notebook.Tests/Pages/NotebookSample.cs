namespace Affect.Tests.Pages;

/// <summary>A notebook with every kind of cell and output.</summary>
internal static class NotebookSample
{
    private const string Prose = """
        # Which layers hear <em>emotion</em>?

        You probe every layer with $p(y \mid x) = \frac{e^{w_y^\top x}}{\sum_{k} e^{w_k^\top x}}$ and look.

        $$\mathcal{L} = -\frac{1}{N}\sum_{i=1}^{N} \log p(y_i \mid x_i) + \lambda \lVert W \rVert_2^2$$

        | layer | WAF |
        |------:|----:|
        | 0     | 0.3 |

        See [the library](../lib/Affect/Probing/LayerProbe.cs#L1), [the corpus](02-meet-the-corpus.ipynb#data) and [the paper](https://arxiv.org/abs/2106.07447).

        ```csharp
        var answer = 42; // of everything
        ```
        """;

    private const string Code = """
        #!import "setup.csx"
        var layers = 0..13;    // 0 is the "input"
        var name = $"a{layers}" + @"C:\" + '\'';
        if (layers.Start.Value < 1 && true) display("<b>");
        """;

    /// <summary>The notebook as its file holds it.</summary>
    internal static string Json { get; } = new JsonObject
    {
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp" } },
        ["cells"] = new JsonArray(
            Cell("markdown", Prose),
            Cell("code", Code, tags: "parameters", outputs:
            [
                Stream("stdout", "Encoding 1 of 2\rEncoding 2 of 2\n"), Stream("stdout", "done <ok>\n"), Stream("stderr", "\u001b[33mwarning\u001b[0m: slow\n"),
                Data(Shown.Forms(Samples.All["class-balance"])),
                Data(Shown.Forms(new ClaimOutcome { Text = "best layer 6 & WAF 0.61 > chance", Passed = true })),
                Data(Shown.Forms(new { Name = "<script>", Score = 0.5 })),
                Data(new Dictionary<string, JsonNode> { ["text/plain"] = "[1, 2, 3]" }),
                Data(new Dictionary<string, JsonNode> { ["text/markdown"] = "**loud** $x^2$" }),
                Data(new Dictionary<string, JsonNode> { ["application/json"] = new JsonObject { ["a"] = 1 } }),
                Data(new Dictionary<string, JsonNode> { ["image/png"] = "AAAA\nBBBB\n", ["text/plain"] = "a picture" }),
            ]),
            Cell("code", "Claim.That(false, \"no\");", outputs:
            [
                Data(Shown.Forms(new ClaimOutcome { Text = "no", Passed = false })),
                new JsonObject
                {
                    ["output_type"] = "error", ["ename"] = "ClaimFailedException", ["evalue"] = "no",
                    ["traceback"] = new JsonArray("\u001b[31mClaimFailedException\u001b[0m: no", "  cell[2]:line 1 <here>"),
                },
            ]),
            Cell("raw", "as <it> is"),
            Cell("code", "")),
    }.ToJsonString();

    /// <summary>The notebook, read.</summary>
    internal static ExecutedNotebook Notebook { get; } = ExecutedNotebook.Parse(Json, "03-which-layers.ipynb");

    private static JsonObject Cell(string kind, string source, string? tags = null, params JsonNode[] outputs)
    {
        var cell = new JsonObject
        {
            ["cell_type"] = kind,
            ["metadata"] = tags is null ? [] : new JsonObject { ["tags"] = new JsonArray(tags) },
            ["source"] = new JsonArray([.. source.Split('\n').Select(line => (JsonNode)(line + "\n"))]),
        };
        if (kind != "code") return cell;
        cell["execution_count"] = 1;
        cell["outputs"] = new JsonArray(outputs);
        return cell;
    }

    private static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = new JsonArray(text) };

    private static JsonObject Data(IReadOnlyDictionary<string, JsonNode> bundle) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject(bundle.Select(form => KeyValuePair.Create(form.Key, (JsonNode?)form.Value.DeepClone()))),
    };
}
