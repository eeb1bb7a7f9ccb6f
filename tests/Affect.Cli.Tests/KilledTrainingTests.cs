namespace Affect.Cli.Tests;

/// <summary><c>lab adapt</c>, ended by <c>kill -9</c> and started again.</summary>
[Trait("Speed", "Slow")]
public sealed class KilledTrainingTests : FolderTests
{
    [Fact]
    public void Adapting_killed_at_three_random_steps_ends_with_the_weights_of_an_unbroken_run_bit_for_bit()
    {
        // The first nine speakers have no labels: their clips are what the masked phase hears.
        NoiseCorpus.Write(Folder, clip => int.Parse(clip.Id["clip ".Length..], CultureInfo.InvariantCulture) < 36 ? clip with { Emotion = null, Split = SplitNames.Unlabelled } : clip, count: 112);
        LabProcess.Done(Adapt("unbroken"));
        // Three batches an epoch, so that most steps are within one.
        Assert.Equal((9, 36), (Losses("unbroken", "masked").Length, Losses("unbroken", "labelled").Length));
        var random = new SeededRandom(3);
        Kill("masked", 1 + random.Below(5));
        Kill("labelled", 1 + random.Below(12));
        Kill("labelled", 15 + random.Below(12));
        LabProcess.Done(Adapt("killed"));

        Assert.Equal(Files("unbroken", "*.safetensors"), Files("killed", "*.safetensors"));
        Assert.Equal(Files("unbroken", "*.csv"), Files("killed", "*.csv"));
        foreach (var phase in new[] { "masked", "labelled" })
            Assert.Equal(Losses("unbroken", phase), Losses("killed", phase));
        // Each was taken up in the middle, or this would have compared two runs from the beginning.
        Assert.Single(Lines("killed", "masked"), line => line.Contains("\"resume\"", StringComparison.Ordinal));
        Assert.Equal(2, Lines("killed", "labelled").Count(line => line.Contains("\"resume\"", StringComparison.Ordinal)));
        Assert.Empty(Directory.EnumerateFiles(In("killed"), "*.tmp", SearchOption.AllDirectories));

        void Kill(string phase, int step)
        {
            using var lab = LabProcess.Start(Adapt("killed"));
            lab.WaitUntil(() => Steps(phase) >= step);
            lab.Kill();
            var (ended, output, said) = lab.Wait();
            Assert.True(ended == 128 + 9, $"Not killed within {phase}: exit code {ended}. {output} {said}");
        }
    }

    private int Steps(string phase) => Lines("killed", phase).Count(line => line.StartsWith("{\"event\":\"step\"", StringComparison.Ordinal));

    private string[] Losses(string run, string phase) =>
        [.. Lines(run, phase).Where(line => line.StartsWith("{\"event\":\"step\"", StringComparison.Ordinal))];

    private string[] Lines(string run, string phase)
    {
        var path = In($"{run}/seed-1/{phase}/run.jsonl");
        if (!File.Exists(path)) return [];
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Dictionary<string, string> Files(string run, string pattern) => Directory.EnumerateFiles(In(run), pattern, SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .ToDictionary(file => Path.GetRelativePath(In(run), file), Digest);

    // A state tells how long its record was, which each taking up makes a line longer.
    private static string Digest(string file)
    {
        if (!file.EndsWith(".safetensors", StringComparison.Ordinal)) return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        using var tensors = SafetensorsFile.Open(file);
        using var scope = TorchSharp.torch.NewDisposeScope();
        return string.Join('\n', tensors.Entries.Keys.Order(StringComparer.Ordinal)
            .Select(name => $"{name} {Convert.ToHexString(SHA256.HashData(tensors.Read(name).bytes.ToArray()))}"));
    }

    private string[] Adapt(string run) =>
    [
        "adapt", "--corpus", In("manifest.csv"), "--encoder", "random-hubert-tiny", "--layers", "2-3", "--width", "4", "--dropout", "0.2", "--silence", "0.05",
        "--mask-epochs", "3", "--epochs", "12", "--save-every", "1", "--out", In(run),
    ];
}
