namespace Affect.Tests.Text;

public sealed class TokenizerParityTests
{
    [Theory]
    [InlineData("bert-wordpiece", 16 + 6 + 2)]
    [InlineData("roberta-bytebpe", 16 + 6)]
    public void Every_id_is_that_of_transformers(string name, int compared)
    {
        var report = Check(Repository.Golden("tokenizers", name));
        Assert.Equal(compared, report.Tensors.Count);
        Assert.True(report.Passed, report.ToJson());
        Assert.Equal(0, report.MaxAbsDiff);
    }

    [SharedFact("fixtures/tokenizers/clip-bpe")]
    public void Every_id_of_CLIPs_own_table_is_that_of_transformers()
    {
        var report = Check(Repository.Shared("fixtures", "tokenizers", "clip-bpe")!);
        Assert.Equal(16 + 6, report.Tensors.Count);
        Assert.True(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData("bert-wordpiece", "vocab.txt", "happy\n", "happier\n")]
    [InlineData("roberta-bytebpe", "merges.txt", "Ġ a\n", "")]
    public void A_changed_vocabulary_is_noticed(string name, string file, string before, string after)
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(Repository.Golden("tokenizers", name))) File.Copy(path, Path.Combine(folder.Path, Path.GetFileName(path)));
        var text = File.ReadAllText(Path.Combine(folder.Path, file));
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, file), text.Replace(before, after, StringComparison.Ordinal));
        Assert.False(Check(folder.Path).Passed);
    }

    [Fact]
    public void A_missing_id_counts_as_a_difference()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", "vocab.txt"), Path.Combine(folder.Path, "vocab.txt"));
        var cases = new JsonObject
        {
            ["cases"] = new JsonArray(new JsonObject { ["text"] = "", ["input_ids"] = new JsonArray(2, 3, 4) }),
            ["truncated"] = new JsonArray(),
        };
        File.WriteAllText(Path.Combine(folder.Path, "cases.json"), cases.ToJsonString());
        Assert.Equal(1, Check(folder.Path).MaxAbsDiff);
    }

    private static ParityReport Check(string folder)
    {
        var check = new TokenizerParity();
        Assert.True(check.Recognizes(folder));
        using var parityCase = ParityCase.Open(folder);
        check.Run(folder, weights: null, parityCase);
        return parityCase.Report(1e-4);
    }
}
