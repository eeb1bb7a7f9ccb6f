namespace Affect.Tests.Pretraining.Hubert;

/// <summary>The checkpoint that comes with the repository.</summary>
public sealed class MimicHubertTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "data", "checkpoints", "mimic-hubert");

    [Fact]
    public void It_loads_and_is_the_network_that_its_record_tells_of()
    {
        var record = HubertPretrainingRecord.Read(Folder);
        using var model = HubertModel.FromPretrained(Folder);
        Assert.Equal(record.Fingerprint, model.Fingerprint);
        Assert.Equal(record.Recipe.Model.Layers, model.Layers);
        Assert.Equal(record.Recipe.NormalizesInput, model.NormalizesInput);
        Assert.InRange(model.Layers, 6, 12);
        Assert.InRange(new FileInfo(Path.Combine(Folder, "model.safetensors")).Length, 1, 6 << 20);
    }

    [Fact]
    public void Its_loss_fell_and_its_readme_was_written_from_its_record()
    {
        var record = HubertPretrainingRecord.Read(Folder);
        foreach (var iteration in record.Iterations)
        {
            Assert.Equal(record.Recipe.TrainingOf(iteration.Iteration).Steps, iteration.Steps.Count);
            Assert.True(iteration.Steps.Loss.TakeLast(100).Average() < 0.9 * iteration.Steps.Loss.Take(20).Average());
        }
        Assert.Contains(record.Fingerprint, File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
    }
}
