using System.Text.Json;
using System.Text.RegularExpressions;
using Affect.Cli.Tests.Notebooks;

namespace Affect.Cli.Tests;

/// <summary>The committed notebooks, run as <c>lab run --quick</c> runs them.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-run-").FullName;

    private string Report => Path.Combine(folder, "report");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_quick_run_executes_every_notebook_and_every_claim_holds()
    {
        var (code, output, errors) = LabProcess.Run("run", "--quick", "--out", Report, "--cache", Path.Combine(folder, "cache"));
        Assert.True(code == 0, errors + output);

        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Report, "summary.json")));
        var notebooks = summary.RootElement.GetProperty("notebooks").EnumerateArray().ToList();
        Assert.Equal(NotebookFile.All().Select(notebook => Path.GetFileNameWithoutExtension(notebook.Name)), notebooks.Select(notebook => notebook.GetProperty("name").GetString()));
        foreach (var notebook in notebooks)
        {
            Assert.Equal(JsonValueKind.Null, notebook.GetProperty("error").ValueKind);
            Assert.True(notebook.GetProperty("seconds").GetDouble() > 0);
            var claims = notebook.GetProperty("claims").EnumerateArray().ToList();
            Assert.NotEmpty(claims);
            Assert.All(claims, claim => Assert.True(claim.GetProperty("passed").GetBoolean(), claim.GetProperty("text").GetString()));
        }

        var curve = summary.RootElement.GetProperty("results").GetProperty("layer_curve");
        Assert.True(curve.GetProperty("synthetic").GetBoolean());
        var layers = curve.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, layers.Count), layers.Select(layer => layer.GetProperty("layer").GetInt32()));
        Assert.All(layers, layer => CheckInterval(layer.GetProperty("waf")));
        var ceilings = summary.RootElement.GetProperty("results").GetProperty("mimic").GetProperty("ceilings");
        Assert.True(curve.GetProperty("chance").GetDouble() < ceilings.GetProperty("Acoustic").GetDouble());

        var index = File.ReadAllText(Path.Combine(Report, "index.html"));
        Assert.Contains("quick run", index, StringComparison.Ordinal);
        foreach (var notebook in NotebookFile.All())
        {
            var page = Path.ChangeExtension(notebook.Name, ".html");
            Assert.Contains($"href=\"{page}", index, StringComparison.Ordinal);
            var html = File.ReadAllText(Path.Combine(Report, page));
            Assert.DoesNotContain(folder, html, StringComparison.Ordinal);
            Assert.DoesNotMatch("""<(script|link|img)[^>]*(src|href)="https?:""", html);
            Assert.True(File.Exists(Path.Combine(Report, "notebooks", notebook.Name)));
        }
    }

    [Fact]
    public void A_notebook_that_fails_does_not_keep_the_others_from_running()
    {
        var broken = Write("01-broken.ipynb", "{ this is no notebook");
        var failing = Write("02-failing.ipynb", Notebook("""throw new InvalidOperationException("on purpose");"""));
        var good = Write("03-good.ipynb", Notebook("using Affect.Notebook;", """RecordedResult.Of("answer", new { Value = 42 })"""));
        var (code, output, errors) = LabProcess.Run("run", broken, failing, good, "--out", Report);
        Assert.Equal(2, code);
        Assert.Contains("01-broken did not come to its end", errors, StringComparison.Ordinal);
        Assert.Contains("02-failing did not come to its end: cell 1", errors, StringComparison.Ordinal);
        Assert.Contains("The report: ", output, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Report, "summary.json")));
        Assert.Equal(42, summary.RootElement.GetProperty("results").GetProperty("answer").GetProperty("value").GetInt32());
        var index = File.ReadAllText(Path.Combine(Report, "index.html"));
        Assert.Equal(2, Regex.Count(index, "<section "));
        Assert.Contains("on purpose", index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--encoder", "no-such-model", "error: encoder must be ")]
    [InlineData("--corpus", "no-such-corpus", "error: --corpus must be a manifest or a folder, but no-such-corpus is not there.")]
    [InlineData("--plotly", "no-such-file.js", "error: --plotly must name a plotly.js file, but no-such-file.js is not there.")]
    [InlineData("--timeout", "0", "error: --timeout must be a number of seconds above 0, but was 0.")]
    public void A_wrong_option_is_refused_before_anything_is_generated(string option, string value, string expected)
    {
        var cache = Path.Combine(folder, "cache");
        var (code, _, errors) = LabProcess.Run("run", "--quick", option, value, "--out", Report, "--cache", cache);
        Assert.Equal(2, code);
        Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cache));
    }

    private static void CheckInterval(JsonElement interval)
    {
        var (low, value, high) = (interval.GetProperty("low").GetDouble(), interval.GetProperty("value").GetDouble(), interval.GetProperty("high").GetDouble());
        Assert.InRange(value, 0, 1);
        Assert.InRange(low, 0, high);
    }

    private static string Notebook(params ReadOnlySpan<string> lines)
    {
        var cells = new List<object>();
        for (var line = 0; line < lines.Length; line++)
            cells.Add(new { cell_type = "code", execution_count = (int?)null, id = FormattableString.Invariant($"c{line}"), metadata = new { }, outputs = Array.Empty<object>(), source = lines[line] });
        return JsonSerializer.Serialize(new { cells, metadata = new { kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" } }, nbformat = 4, nbformat_minor = 5 });
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
