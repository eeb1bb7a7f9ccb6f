using Affect.Evaluation;
using Affect.Tests.Data;
using Affect.Training;

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
}
