using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Affect.Cli.Tests.Notebooks;

/// <summary>Every claim of every notebook, its own words unchanged, is given results for which it must not hold: a claim that holds for these too says nothing.</summary>
[Trait("Speed", "Slow")]
public sealed class PlantedFailureTests : FolderTests
{
    private const string ClaimMime = "application/vnd.affect.claim+json";

    // What a claim rests on, planted so that it is wrong: by notebook, in the order of its claims.
    private static readonly Dictionary<string, string[]> Plants = new(StringComparer.Ordinal)
    {
        ["01"] =
        [
            """double Gradient(object report) => 0.5; var models = new[] { "m" }; var reports = new[] { new { Passed = false, MaxAbsDiff = 0.5 } };""",
            """var steps = 3; var losses = new[] { 1.0, 0.9 };""",
            """var tone = new float[5]; var heard = new float[4]; var off = 0.0;""",
            """var models = new[] { "group", "layer" }; var shifts = new Dictionary<string, double> { ["group"] = 0.2, ["layer"] = 0.2 };""",
            """var apart = 0.02;""",
        ],
        ["02"] =
        [
            """var parts = new Dictionary<string, HashSet<string>> { [SplitNames.Train] = ["s1", "s2"], [SplitNames.Test] = ["s2"] };""",
            """var corpus = new { Clips = new List<int>(new int[100]) }; var all = new { Waf = 0.9 }; var waf = 0.5; var error = 0.03;""",
            """var (right, most, ofRule, ofCeiling) = (0.703, 0.703, 0.67, 0.68);""",
            """var here = new HashSet<string> { "s1" }; var there = new HashSet<string> { "s1" };""",
            """var waf = 0.80; var onClips = 0.79; var error = 0.03; var single = new { Modalities = "Lexical" };""",
        ],
        ["03"] =
        [
            """var apart = 1e-3; var agree = 0f; var loss = tensor(1.9f);""",
            """var off = 0.0001f; var apart = 0.02;""",
            """var quick = false; var bySum = new { Difference = new Interval { Value = 0.02, Low = -0.01, High = 0.05 } };""",
            """var byBest = new { Difference = new Interval { Value = 0.02, Low = -0.01, High = 0.05 } }; var answer = "planted";""",
        ],
        ["04"] =
        [
            """var moved = 0f; var weights = 6; var again = 0.1f;""",
            """var off = 0.01f;""",
            """var quick = false; var agree = 0.9; var mine = 0.5; var theirs = 0.6;""",
            """var heard = new Interval { Value = 0.3, Low = 0.25, High = 0.35 }; var chance = 0.2;""",
        ],
        ["05"] =
        [
            """var hand = 1.0; var own = 1.1;""",
            """var perfect = "planted"; var few = new[] { new { Difference = new Interval { Value = 0.1, Low = 0.05, High = 0.2 } }, new { Difference = new Interval { Value = 0.1, Low = -0.01, High = 0.2 } } }.ToList(); var atBest = "planted";""",
            """var quick = false; var lead = new Interval { Value = 0.01, Low = -0.001, High = 0.02 }; var found = new { MedianRank = 9.0, ChanceMedianRank = 10.0 };""",
            """double Rank(double of) => of; var byHand = 0.1; var library = 0.1; var off = 0.01;""",
            """double Rank(double of) => of; var right = 0.1; var wrong = 0.1; var harm = new Interval { Value = 0.01, Low = -0.001, High = 0.02 };""",
        ],
        ["06"] =
        [
            """var off = 0.001f;""",
            """var agree = 0.97;""",
            """var quick = false; var takeAway = 0.3; var subsets = new List<int>(new int[7]); var overSubsets = new { Difference = new Interval { Value = 0.04, Low = -0.01, High = 0.09 } };""",
        ],
        ["07"] =
        [
            """var off = 0.001; var mixed = 0.5; var early = 0.6;""",
            """var quick = false; var leads = new[] { new { Difference = new Interval { Value = 0.1, Low = -0.01, High = 0.2 } } }.ToList(); var where = "planted"; var answer = "planted"; var least = 0.1;""",
        ],
    };

    public static TheoryData<string> Notebooks => [.. NotebookFile.All().Select(notebook => notebook.Name)];

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_claim_says_what_would_make_it_false_and_fails_where_that_is_planted(string name)
    {
        var claims = ClaimsOf(NotebookFile.All().Single(notebook => notebook.Name == name)).ToArray();
        Assert.All(claims, claim => Assert.Contains("falseIf: \"", claim, StringComparison.Ordinal));
        var plants = Plants[name[..2]];
        Assert.True(plants.Length == claims.Length, $"{name} makes {claims.Length} claims, but results are planted for {plants.Length}.");

        var cells = new List<JsonObject> { NotebookFile.Cell($"#!import \"{Path.Combine(NotebookFile.Folder, "setup.csx")}\"") };
        foreach (var (plant, claim) in plants.Zip(claims))
        {
            cells.Add(NotebookFile.Cell(plant));
            cells.Add(NotebookFile.Cell(claim, claim.Contains("Claim.That", StringComparison.Ordinal) ? ["raises-exception"] : []));
        }
        var path = NotebookFile.Write(In("planted.ipynb"), cells);
        var (code, output, errors) = LabProcess.Run("notebooks", "run", path, "--in-place");
        var outcomes = new NotebookFile(path).Outputs.Select(one => one["data"]?[ClaimMime]).OfType<JsonNode>().ToArray();
        Assert.True(outcomes.Length == claims.Length, $"{outcomes.Length} of {claims.Length} claims were reached ({code}): {output}{errors}");
        Assert.All(outcomes, claim => Assert.False((bool)claim["passed"]!, (string)claim["text"]!));
    }

    // Each claim's statement alone, with the loop around it, without the condition that keeps it from being made of a quick run.
    private static IEnumerable<string> ClaimsOf(NotebookFile notebook) =>
        from cell in notebook.Code
        from call in CellSyntax.Of(cell).DescendantNodes()
        where CellSyntax.IsClaim(call, throws: false)
        let statement = call.FirstAncestorOrSelf<StatementSyntax>()
        let loop = statement.FirstAncestorOrSelf<CommonForEachStatementSyntax>()
        select loop is null ? $"{statement}" : $"{loop.WithStatement(statement)}";
}
