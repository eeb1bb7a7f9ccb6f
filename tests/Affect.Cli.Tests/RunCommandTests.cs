using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Affect.Cli.Tests;

public sealed class RunCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-run-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_quick_run_makes_a_corpus_probes_it_and_reports_and_a_second_one_gives_the_same_numbers()
    {
        var (code, output, errors) = Run("report");
        Assert.True(code == 0, errors);
        Assert.Contains("synthetic", output, StringComparison.Ordinal);

        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report", "summary.json")));
        Assert.Equal(["results", "notebooks"], summary.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(0, summary.RootElement.GetProperty("notebooks").GetArrayLength());
        var curve = summary.RootElement.GetProperty("results").GetProperty("layer_curve");
        Assert.True(curve.GetProperty("synthetic").GetBoolean());
        Assert.True(curve.GetProperty("quick").GetBoolean());
        Assert.True(curve.GetProperty("random_weights").GetBoolean());
        Assert.Equal(0, curve.GetProperty("failed_clips").GetInt32());
        Assert.Equal(3, curve.GetProperty("folds").GetInt32());
        Assert.Equal(64, curve.GetProperty("fingerprint").GetString()!.Length);
        var layers = curve.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, layers.Count), layers.Select(layer => layer.GetProperty("layer").GetInt32()));
        Assert.All(layers, layer =>
        {
            CheckInterval(layer.GetProperty("waf"));
            Assert.Equal(3, layer.GetProperty("fold_waf").GetArrayLength());
        });
        CheckInterval(curve.GetProperty("baseline").GetProperty("waf"));
        var ceilings = curve.GetProperty("ceilings").EnumerateObject().Select(ceiling => ceiling.Value.GetDouble()).ToList();
        Assert.True(curve.GetProperty("chance").GetDouble() < ceilings[0] && ceilings[0] < ceilings[1] && ceilings[1] < 1);

        var page = File.ReadAllText(Path.Combine(folder, "report", "index.html"));
        Assert.Equal(4, Regex.Count(page, "<figure>"));
        Assert.DoesNotMatch("https?:", page);
        Assert.DoesNotContain(folder, page, StringComparison.Ordinal);
        foreach (var said in (string[])["weights are random", "is synthetic", "quick run", "no speaker is on both sides", "is chosen from", "ceiling of the voice", "Seconds"])
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("synthetic", XDocument.Load(Path.Combine(folder, "report", "layer-curve.svg")).Root!.Elements().First().Value, StringComparison.Ordinal);

        var again = Run("again");
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(Numbers("report"), Numbers("again"));
    }

    [Fact]
    public void An_unknown_encoder_is_refused_before_anything_is_generated()
    {
        var cache = Path.Combine(folder, "cache");
        var (code, _, errors) = LabProcess.Run("run", "--quick", "--encoder", "no-such-model", "--out", Path.Combine(folder, "report"), "--cache", cache);
        Assert.Equal(2, code);
        Assert.StartsWith("error: encoder must be ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cache));
    }

    private (int ExitCode, string Output, string Errors) Run(string report) =>
        LabProcess.Run("run", "--quick", "--out", Path.Combine(folder, report), "--cache", Path.Combine(folder, "cache"));

    // Everything but the times.
    private string Numbers(string report) => Regex.Replace(File.ReadAllText(Path.Combine(folder, report, "summary.json")), "\"seconds\": \\{[^}]*\\}", "", RegexOptions.None, TimeSpan.FromSeconds(10));

    private static void CheckInterval(JsonElement interval)
    {
        var (low, value, high) = (interval.GetProperty("low").GetDouble(), interval.GetProperty("value").GetDouble(), interval.GetProperty("high").GetDouble());
        Assert.InRange(value, 0, 1);
        Assert.InRange(low, 0, high);
    }
}
