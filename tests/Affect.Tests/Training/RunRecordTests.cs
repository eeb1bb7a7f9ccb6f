namespace Affect.Tests.Training;

public sealed class RunRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_training_is_read_back()
    {
        using var task = new ToyTask();
        var result = new Trainer(new TrainerConfig { Epochs = 3, BatchSize = 20 }).Run(task, folder.In("run"));
        var record = Assert.Single(RunRecord.FindAll(folder.Path));
        Assert.Equal(("toy", true, 6), (record.Name, record.IsFinished, record.Losses.Count));
        Assert.Equal(result.Epochs.Select(epoch => epoch.Metrics["waf"]), record.Metrics["waf"]);
        Assert.Equal(20, (int)record.Config["trainer"]!["batch_size"]!);
    }

    [Fact]
    public void Results_are_read_back_with_their_decisions()
    {
        var decisions = new Decisions(["happy", "sad"], ["a", "b"], ["s1", "s2"], [0, 1], [[0.7, 0.3], [0.6, 0.4]]);
        using (var log = RunLog.Open(folder.Path))
        {
            log.Start("fuse", new { Seeds = new[] { 1 } });
            log.WriteResult(new RunResult { Variant = "attention, p = 0.2", Trained = "acoustic+visual", Present = "visual", Seed = 3, Ceiling = 0.69, IsSynthetic = true, Decisions = decisions });
        }
        File.AppendAllText(folder.In("run.jsonl"), "{\"event\":\"res");
        var result = Assert.Single(RunRecord.Load(folder.Path).Results);
        Assert.Equal(("attention, p = 0.2", "acoustic+visual", "visual", "test", 3, 0.69, true), (result.Variant, result.Trained, result.Present, result.Part, result.Seed, result.Ceiling, result.IsSynthetic));
        Assert.Equal(decisions.Probabilities, result.Decisions.Probabilities);
        Assert.True(File.Exists(folder.In("decisions/attention__p___0_2-acoustic+visual-visual-test-3.csv")));
    }

    [Fact]
    public void A_folder_without_record_or_with_a_damaged_one_is_named()
    {
        Assert.Contains("must hold the record of a run (run.jsonl)", Assert.Throws<FormatException>(() => RunRecord.FindAll(folder.Path)).Message, StringComparison.Ordinal);
        var path = folder.File("run.jsonl", "{\"event\":\"start\"}\nnonsense\n{\"event\":\"end\"}\n");
        Assert.StartsWith($"{path}:2: must be a JSON object", Assert.Throws<FormatException>(() => RunRecord.Load(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "{\"event\":\"step\"}\n");
        Assert.StartsWith($"{path}:1: must begin with the line that says what was run", Assert.Throws<FormatException>(() => RunRecord.Load(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => RunRecord.FindAll(folder.In("nowhere")));
    }

    [Theory]
    [InlineData("""{"event":"start","name":5}""", 1, "'name' must be text, but is 5")]
    [InlineData("""{"event":"step"}""", 2, "'loss' must be a number, but is missing")]
    [InlineData("""{"event":"step","loss":"low"}""", 2, "'loss' must be a number, but is \"low\"")]
    [InlineData("""{"event":"epoch","metrics":{"waf":null}}""", 2, "'waf' must be a number, but is missing")]
    [InlineData("""{"event":"result"}""", 2, "'variant' must be there, but is not")]
    [InlineData("""{"event":"result","variant":"v","seed":1e99}""", 2, "'seed' must be a whole number, but is 1")]
    public void A_field_of_the_wrong_kind_is_named_with_its_line(string line, int number, string message)
    {
        var path = folder.File("run.jsonl", number == 1 ? line + "\n" : $"{{\"event\":\"start\"}}\n{line}\n{{\"event\":\"end\"}}\n");
        Assert.StartsWith($"{path}:{number}: {message}", Assert.Throws<FormatException>(() => RunRecord.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_was_no_number_is_read_back_as_none_and_a_result_is_there_once()
    {
        using (var log = RunLog.Open(folder.Path))
        {
            log.Start("toy", new { });
            log.Write("step", new { Loss = double.NaN });
            var result = new RunResult { Variant = "v", Recipe = "r", Trained = "acoustic", Present = "acoustic", Seed = 1, Decisions = new Decisions(["happy", "sad"], ["a"], ["s"], [0], [[0.7, 0.3]]) };
            log.WriteResult(result);
            log.WriteResult(result with { Seed = 2 });
        }
        var record = RunRecord.Load(folder.Path);
        Assert.True(double.IsNaN(Assert.Single(record.Losses)));
        Assert.All(record.Results, result => Assert.Equal(("r", folder.Path), (result.Recipe, result.Folder)));
        File.AppendAllLines(folder.In("run.jsonl"), File.ReadLines(folder.In("run.jsonl")).Skip(2).Take(1));
        Assert.Contains("must hold each result once", Assert.Throws<FormatException>(() => RunRecord.Load(folder.Path)).Message, StringComparison.Ordinal);
    }
}
