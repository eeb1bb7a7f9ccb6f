using System.Globalization;
using System.Text.Json.Nodes;

namespace Affect.Cli.Tests.Notebooks;

/// <summary>The front page's figures are those that were found last.</summary>
public sealed class FrontPageTests
{
    private const string ResultMime = "application/vnd.affect.result+json";

    private static readonly string Home = Path.GetDirectoryName(NotebookFile.Folder)!;
    private static readonly Dictionary<string, string> Senses = new() { ["acoustic"] = "sound", ["visual"] = "face", ["lexical"] = "words" };

    [Fact]
    public void Its_table_of_the_system_is_what_notebook_07_found()
    {
        var sets = Results("07-what-each-part-buys.ipynb")["modalities"]!["sets"]!.AsArray();
        Assert.Equal(7, sets.Count);
        foreach (var set in sets)
        {
            var sees = string.Join(" + ", ((string)set!["trained"]!).Split('+').Select(name => Senses[name]));
            Says($"| {sees} | {Interval(set["strict_waf"]!)} | {Interval(set["strict_accuracy"]!)} | {Interval(set["waf"]!)} | {Interval(set["accuracy"]!)} | {Number(set["ceiling"]!):0.000} |");
        }
    }

    [Fact]
    public void Its_table_of_alignment_is_what_notebook_05_found()
    {
        var results = Results("05-teach-vision-with-sound.ipynb");
        string[] teachers = ["gain_by_a_perfect_teacher", "alignment_gain", "gain_by_a_frozen_teacher"];
        foreach (var share in Enumerable.Range(0, 5))
            Says($"| {(int)results[teachers[0]]![share]!["percent"]!} % | {string.Join(" | ", teachers.Select(teacher => Difference(results[teacher]![share]!["difference"]!)))} |");
    }

    [Fact]
    public void Its_table_of_adaptation_is_what_notebook_04_found()
    {
        var found = Results("04-adapt-only-those-layers.ipynb");
        foreach (var name in (string[])["adapted_minus_frozen", "adapted_masked_minus_frozen", "masked_phase", "adapted_minus_frozen_strict"])
            Says($" | {Difference(found[name]!["difference"]!)} |");
        foreach (var place in found["other_places_minus_chosen"]!.AsArray())
            Says($"| {(string)place!["name"]!} | {Difference(place["difference"]!)} |");
    }

    private static Dictionary<string, JsonNode> Results(string notebook) =>
        new NotebookFile(Path.Combine(NotebookFile.Folder, notebook)).Outputs.Select(output => output["data"]?[ResultMime]).OfType<JsonNode>().ToDictionary(result => (string)result["name"]!, result => result["value"]!);

    private static void Says(string line) => Assert.Contains(line, File.ReadAllText(Path.Combine(Home, "README.md")), StringComparison.Ordinal);

    private static string Interval(JsonNode interval) => string.Create(CultureInfo.InvariantCulture, $"{Number(interval["value"]!):0.000} [{Number(interval["low"]!):0.000}, {Number(interval["high"]!):0.000}]");

    private static string Difference(JsonNode interval) => string.Create(CultureInfo.InvariantCulture, $"{Number(interval["value"]!):+0.000;-0.000;0.000} [{Number(interval["low"]!):0.000}, {Number(interval["high"]!):0.000}]");

    private static double Number(JsonNode value) => (double)value;
}
