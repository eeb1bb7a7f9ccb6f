namespace Affect.Cli.Tests.Notebooks;

/// <summary>The front page's figures are those that were found last.</summary>
public sealed partial class FrontPageTests
{
    private const string ResultMime = "application/vnd.affect.result+json";

    private static readonly string Home = Path.GetDirectoryName(NotebookFile.Folder)!;
    private static readonly string Page = File.ReadAllText(Path.Combine(Home, "README.md"));
    private static readonly Dictionary<string, string> Senses = new() { ["acoustic"] = "sound", ["visual"] = "face", ["lexical"] = "words" };

    [Fact]
    public void Its_table_of_the_system_is_what_notebook_07_found()
    {
        var sets = Results("07-what-each-part-buys.ipynb")["modalities"]!["sets"]!.AsArray();
        Assert.Equal(7, sets.Count);
        foreach (var set in sets)
        {
            var sees = string.Join(" + ", ((string)set!["trained"]!).Split('+').Select(name => Senses[name]));
            Assert.Contains($"| {sees} | {Interval(set["strict_waf"]!)} | {Interval(set["strict_accuracy"]!)} | {Interval(set["waf"]!)} | {Interval(set["accuracy"]!)} | {Number(set["ceiling"]!):0.000} |", Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_table_of_alignment_is_what_notebook_05_found()
    {
        var results = Results("05-teach-vision-with-sound.ipynb");
        string[] teachers = ["gain_by_a_perfect_teacher", "alignment_gain", "gain_by_a_frozen_teacher"];
        foreach (var share in Enumerable.Range(0, 5))
            Assert.Contains($"| {(int)results[teachers[0]]![share]!["percent"]!} % | {string.Join(" | ", teachers.Select(teacher => Difference(results[teacher]![share]!["difference"]!)))} |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_table_of_adaptation_is_what_notebook_04_found_with_three_seeds()
    {
        var found = JsonNode.Parse(File.ReadAllText(Path.Combine(Home, "data", "figures", "adaptation-three-seeds.json")))!["results"]!;
        foreach (var (name, row) in ((string, string)[])
            [
                ("adapted_minus_frozen", "adapted in the chosen layers, less the frozen encoder under the same head"), ("adapted_masked_minus_frozen", "the same after the masked phase, less frozen"),
                ("masked_phase", "what the masked phase adds"), ("adapted_minus_frozen_strict", "strict protocol, asked by itself: adapted, less frozen"),
            ])
        {
            Assert.Contains($"| {row} | {Difference(found[name]!["difference"]!)} |", Page, StringComparison.Ordinal);
            Assert.Equal(3, (int)found[name]!["seeds"]!);
        }
        foreach (var place in found["other_places_minus_chosen"]!.AsArray())
            Assert.Contains($"| {(string)place!["name"]!} | {Difference(place["difference"]!)} |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_says_of_five_and_ten_epochs_is_what_another_mimic_found()
    {
        var found = File.ReadLines(Path.Combine(Home, "data", "figures", "recipes-adapting.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(row => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture)), row => double.Parse(row[3], CultureInfo.InvariantCulture));
        Assert.Contains(FormattableString.Invariant($"frozen {found[("frozen", 5)]:0.000} with five, {found[("frozen", 10)]:0.000} with ten; bottlenecks {found[("bottleneck", 5)]:0.000}, {found[("bottleneck", 10)]:0.000}"), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layers_that_seed_1_chose_are_the_top_ones_as_it_says()
    {
        Assert.Contains("In all folds of seed 1 the chosen layers are the top ones", Page, StringComparison.Ordinal);
        var text = new NotebookFile(Path.Combine(NotebookFile.Folder, "04-adapt-only-those-layers.ipynb")).Text;
        Assert.Contains("The folds of seed 1 choose layers 5 to 8, layers 5 to 8, layers 5 to 8 of 8.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_three_seeds_were_run_with_what_notebook_04_says_today()
    {
        var parameters = JsonNode.Parse(File.ReadAllText(Path.Combine(Home, "data", "figures", "adaptation-three-seeds.json")))!["parameters"]!.AsObject();
        var cell = NotebookFile.Source(new NotebookFile(Path.Combine(NotebookFile.Folder, "04-adapt-only-those-layers.ipynb")).Code.First(code => NotebookFile.Source(code).Contains("var maskEpochs", StringComparison.Ordinal)));
        foreach (var (name, value) in parameters)
            if (name != "seeds") Assert.Matches($@"var {name}\s*= {Regex.Escape(value!.ToJsonString())};", cell);
        Assert.Equal(3, (int)parameters["seeds"]!);
    }

    [Fact]
    public void Its_plain_baselines_are_what_notebooks_03_and_07_and_the_card_say()
    {
        var mfcc = Results("03-which-hubert-layers-hear-emotion.ipynb")["trained_minus_mfcc"];
        Assert.Contains($"best layer WAF {Score(mfcc["first"]!)}, of MFCC statistics {Score(mfcc["second"]!)} (notebook 03)", Page, StringComparison.Ordinal);
        Assert.Contains($"and even so not told apart: {Difference(mfcc["difference"]!)};", Page, StringComparison.Ordinal);
        Assert.True((double)mfcc["difference"]!["low"]! < 0 && (double)mfcc["difference"]!["high"]! > 0);
        var words = Results("07-what-each-part-buys.ipynb")["parts_minus_all_three"].AsArray().Single(part => (string)part!["name"]! == "without lexical")!;
        Assert.Contains($"without them {Difference(words["difference"]!)} (notebook 07)", Page, StringComparison.Ordinal);
        var single = SingleWords().Match(Page).Groups["waf"].Value;
        Assert.Contains($"against bag of words, best layer of each, the same clips: WAF 0.407 against {single}:", File.ReadAllText(Path.Combine(Home, "data", "checkpoints", "mimic-bert", "README.md")), StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonNode> Results(string notebook) =>
        new NotebookFile(Path.Combine(NotebookFile.Folder, notebook)).Outputs.Select(output => output["data"]?[ResultMime]).OfType<JsonNode>().ToDictionary(result => (string)result["name"]!, result => result["value"]!);

    private static string Interval(JsonNode interval) => string.Create(CultureInfo.InvariantCulture, $"{Number(interval["value"]!):0.000} [{Number(interval["low"]!):0.000}, {Number(interval["high"]!):0.000}]");

    private static string Difference(JsonNode interval) => string.Create(CultureInfo.InvariantCulture, $"{Number(interval["value"]!):+0.000;-0.000;0.000} [{Number(interval["low"]!):0.000}, {Number(interval["high"]!):0.000}]");

    private static string Score(JsonNode interval) => string.Create(CultureInfo.InvariantCulture, $"{Number(interval["value"]!):0.000}");

    [GeneratedRegex(@"single words by logistic regression (?<waf>0\.\d{3}) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SingleWords();

    private static double Number(JsonNode value) => (double)value;
}
