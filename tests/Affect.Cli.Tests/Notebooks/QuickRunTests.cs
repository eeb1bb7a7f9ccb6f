namespace Affect.Cli.Tests.Notebooks;

[Trait("Speed", "Slow")]
public sealed partial class QuickRunTests(QuickRun run) : IClassFixture<QuickRun>
{
    private const string ClaimMime = "application/vnd.affect.claim+json";

    [Fact]
    public void A_quick_run_executes_every_notebook_and_every_claim_holds()
    {
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Report, "summary.json")));
        var notebooks = summary.RootElement.GetProperty("notebooks").EnumerateArray().ToList();
        Assert.Equal(NotebookFile.All().Select(notebook => Path.GetFileNameWithoutExtension(notebook.Name)), notebooks.Select(notebook => notebook.GetProperty("name").GetString()));
        foreach (var notebook in notebooks)
        {
            Assert.Equal(JsonValueKind.Null, notebook.GetProperty("error").ValueKind);
            Assert.True(notebook.GetProperty("seconds").GetDouble() > 0);
            var claims = notebook.GetProperty("claims").EnumerateArray().ToList();
            // Few clips carry few claims: a notebook makes one, or says in its place that they are too few and what they gave.
            Assert.NotEmpty(Claims(Path.Combine(run.Report, "notebooks", $"{notebook.GetProperty("name").GetString()}.ipynb")));
            Assert.All(claims, claim => Assert.True(claim.GetProperty("passed").GetBoolean(), claim.GetProperty("text").GetString()));
        }

        var curve = summary.RootElement.GetProperty("results").GetProperty("layer_curve");
        Assert.True(curve.GetProperty("synthetic").GetBoolean());
        var layers = curve.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, layers.Count), layers.Select(layer => layer.GetProperty("layer").GetInt32()));
        Assert.All(layers, layer => CheckInterval(layer.GetProperty("waf")));
        var ceilings = summary.RootElement.GetProperty("results").GetProperty("mimic").GetProperty("ceilings");
        Assert.True(curve.GetProperty("chance").GetDouble() < ceilings.GetProperty("Acoustic").GetDouble());

        var index = File.ReadAllText(Path.Combine(run.Report, "index.html"));
        Assert.Contains("quick run", index, StringComparison.Ordinal);
        foreach (var notebook in NotebookFile.All())
        {
            var page = Path.ChangeExtension(notebook.Name, ".html");
            Assert.Contains($"href=\"{page}", index, StringComparison.Ordinal);
            var html = File.ReadAllText(Path.Combine(run.Report, page));
            Assert.DoesNotContain(run.Folder, html, StringComparison.Ordinal);
            Assert.DoesNotMatch("""<(script|link|img)[^>]*(src|href)="https?:""", html);
            Assert.True(File.Exists(Path.Combine(run.Report, "notebooks", notebook.Name)));
        }
    }

    [DotnetInteractiveFact]
    public void Every_notebook_makes_the_same_claims_and_draws_the_same_figures_in_the_real_dotnet_interactive()
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "dotnet-interactive")).FullName;
        var jupyter = JupyterRunner.OfDotnetInteractive(folder, CacheWithCorpora("cache-of-dotnet-interactive"));
        foreach (var notebook in NotebookFile.All())
        {
            var executed = Path.Combine(folder, notebook.Name);
            var (code, _, errors) = jupyter.Execute(Path.Combine(NotebookFile.Folder, notebook.Name), executed, "quick=true");
            Assert.True(code == 0, errors);
            var ours = Path.Combine(run.Report, "notebooks", notebook.Name);
            Assert.Equal(Claims(ours), Claims(executed));
            Assert.Equal(Pictures(ours), Pictures(executed));
        }
    }

    [JupyterFact("nbclient", "python3-nbclient")]
    public void Every_notebook_makes_the_same_claims_in_Jupyters_runner_as_in_ours()
    {
        var jupyter = new JupyterRunner(run.Folder) { Cache = CacheWithCorpora("cache-of-jupyter") };
        foreach (var notebook in NotebookFile.All())
        {
            var executed = Path.Combine(run.Folder, notebook.Name);
            var (code, _, errors) = jupyter.Execute(Path.Combine(NotebookFile.Folder, notebook.Name), executed, "quick=true");
            Assert.True(code == 0, errors);
            Assert.Equal(Claims(Path.Combine(run.Report, "notebooks", notebook.Name)), Claims(executed));
        }
    }

    // Of our runner's cache it gets the corpora alone: what was trained is not to be read, but trained again.
    private string CacheWithCorpora(string name)
    {
        var cache = Directory.CreateDirectory(Path.Combine(run.Folder, name)).FullName;
        foreach (var corpus in Directory.GetDirectories(run.Cache, "mimic-*")) Directory.CreateSymbolicLink(Path.Combine(cache, Path.GetFileName(corpus)), corpus);
        return cache;
    }

    [Fact]
    public void A_corpus_that_several_notebooks_open_is_made_and_told_once()
    {
        var told = MadeCorpus().Matches(run.Said).Select(line => line.Value).ToList();
        Assert.NotEmpty(told);
        Assert.Equal(told.Distinct(), told);
    }

    [GeneratedRegex("Generating Mimic: (?<all>[0-9]+) of \\k<all> clips", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MadeCorpus();

    private static List<string> Pictures(string notebook)
    {
        var pictures = new NotebookFile(notebook).Outputs.Select(output => NotebookFile.TextOf(output["data"]?["text/html"])).SelectMany(html => Picture().Matches(html))
            .Select(picture => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(picture.Value)))).ToList();
        Assert.NotEmpty(pictures);
        return pictures;
    }

    // .NET Interactive sends JSON as a text that holds it.
    private static JsonNode Parsed(JsonNode claim) => claim is JsonObject ? claim : JsonNode.Parse(NotebookFile.TextOf(claim))!;

    [GeneratedRegex("data:image/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Picture();

    private static List<string> Claims(string notebook)
    {
        var outputs = new NotebookFile(notebook).Outputs;
        var claims = outputs.Select(output => output["data"]?[ClaimMime]).OfType<JsonNode>().Select(Parsed).Select(claim => $"{claim["passed"]} {claim["text"]}").ToList();
        claims.AddRange(outputs.Select(output => NotebookFile.TextOf(output["data"]?["text/plain"]).Trim('"', '\'')).Where(text => text.StartsWith("Too few", StringComparison.Ordinal)));
        Assert.NotEmpty(claims);
        return claims;
    }

    private static void CheckInterval(JsonElement interval)
    {
        var (low, value, high) = (interval.GetProperty("low").GetDouble(), interval.GetProperty("value").GetDouble(), interval.GetProperty("high").GetDouble());
        Assert.InRange(value, 0, 1);
        Assert.InRange(low, 0, high);
    }
}
