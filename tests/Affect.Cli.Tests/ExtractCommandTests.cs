namespace Affect.Cli.Tests;

public sealed class ExtractCommandTests : FolderTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public void Killed_at_any_moment_and_started_again_it_ends_with_the_bytes_of_an_unbroken_run()
    {
        var corpus = MakeCorpus(40);
        var whole = LabProcess.Run(Extract(corpus, "whole"));
        Assert.Equal((0, 40), (whole.ExitCode, Clips("whole").Count));
        Assert.Contains("weights are random", whole.Errors, StringComparison.Ordinal);

        foreach (var killAfter in new[] { 1, 15, 30 })
        {
            using var lab = LabProcess.Start(Extract(corpus, "killed"));
            lab.WaitUntil(() => Clips("killed").Count >= killAfter);
            lab.Kill();
            lab.Wait();
            Assert.All(Clips("killed"), clip => Assert.Equal(Clips("whole")[clip.Key], clip.Value));
        }

        var found = Clips("killed").Count;
        var again = LabProcess.Run(Extract(corpus, "killed"));
        Assert.Equal(0, again.ExitCode);
        Assert.Contains($"encoded {40 - found} now", again.Output, StringComparison.Ordinal);
        Assert.Equal(Files("whole"), Files("killed"));
    }

    [Fact]
    public void Interrupted_it_ends_soon_and_keeps_what_is_finished()
    {
        var corpus = MakeCorpus(400);
        using var lab = LabProcess.Start(Extract(corpus, "features"));
        lab.WaitUntil(() => Clips("features").Count >= 5);
        var clock = Stopwatch.StartNew();
        lab.Interrupt();
        var (code, _, errors) = lab.Wait();
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(5), $"ended after {clock.Elapsed}");
        Assert.Equal(130, code);
        Assert.Contains("the same command goes on from there", errors, StringComparison.Ordinal);
        Assert.InRange(Clips("features").Count, 5, 399);
        Assert.Empty(Directory.GetFiles(Folder, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void When_the_disk_is_full_it_says_so_and_keeps_what_is_finished()
    {
        // What is too large for the limit is the clip with the long name.
        var corpus = MakeCorpus(6, idOf: i => i == 4 ? new string('x', 9000) : $"clip {i}");
        using var lab = LabProcess.StartWithFileLimit(8, Extract(corpus, "features", window: 2));
        var (code, _, errors) = lab.Wait();
        Assert.Equal(2, code);
        Assert.Contains("could not be written", errors, StringComparison.Ordinal);
        Assert.Contains("The clips finished before are kept", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        var kept = Clips("features");
        Assert.InRange(kept.Count, 4, 5);
        Assert.Empty(Directory.GetFiles(Folder, "*.tmp", SearchOption.AllDirectories));

        LabProcess.Done(Extract(corpus, "features", window: 2));
        Assert.Equal(6, Clips("features").Count);
        Assert.All(kept, clip => Assert.Equal(clip.Value, Clips("features")[clip.Key]));
    }

    [Fact]
    public void Two_processes_share_a_corpus_out()
    {
        var corpus = MakeCorpus(20);
        using var first = LabProcess.Start([.. Extract(corpus, "shards", window: 4), "--shard", "1/2"]);
        using var second = LabProcess.Start([.. Extract(corpus, "shards", window: 4), "--shard", "2/2"]);
        Assert.Equal((0, 0), (first.Wait().ExitCode, second.Wait().ExitCode));
        LabProcess.Done(Extract(corpus, "whole", window: 4));
        Assert.Equal(Clips("whole"), Clips("shards"));
        Assert.Equal(20, Clips("shards").Count);
        Assert.Equal(20, FeatureStore.Open(In("shards")).Read(Corpus.Open(corpus)).Table.ClipIds.Count);
    }

    [Fact]
    public void Clips_that_fail_are_listed_at_the_end_and_the_exit_code_tells()
    {
        var corpus = MakeCorpus(5, idOf: i => i == 1 ? "bad\nid" : $"clip {i}");
        File.WriteAllText(In("sound", "1.wav"), "no sound");
        WaveFile.Write(In("sound", "3.wav"), new float[399]);
        var (code, output, errors) = LabProcess.Run("extract", "--corpus", corpus, "--encoder", "mfcc", "--out", In("features"));
        Assert.Equal(1, code);
        Assert.Contains("3 of 5 clips, 1 layer of 60 numbers", output, StringComparison.Ordinal);
        Assert.Contains("2 of 5 clips gave no features", errors, StringComparison.Ordinal);
        Assert.Contains("  bad\uFFFDid: ", errors, StringComparison.Ordinal);
        Assert.Contains("holds 399 samples of sound (24.9 ms), but mfcc needs at least 400 (25 ms).", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("random", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--encoder", "nothing", "but was 'nothing' and there is no such folder.")]
    [InlineData("--shard", "3/2", "A shard must be written as part/parts")]
    [InlineData("--layers", "0..9", "Layers must lie between 0 and 3")]
    [InlineData("--corpus", "/nowhere", "nothing is there")]
    public void Wrong_options_are_one_line(string option, string value, string message)
    {
        var arguments = Extract(MakeCorpus(2), "features").ToList();
        var at = arguments.IndexOf(option);
        if (at >= 0) arguments[at + 1] = value;
        else arguments.AddRange([option, value]);
        var errors = LabProcess.Refused([.. arguments]);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Adapted_features_become_a_store_that_a_probe_reads_and_another_base_is_refused()
    {
        NoiseCorpus.Write(Folder);
        var (corpus, run, stores) = (In("manifest.csv"), In("run"), In("stores"));
        var adapt = LabProcess.Run("adapt", "--corpus", corpus, "--encoder", "random-hubert-tiny", "--layers", "2-3", "--width", "4", "--epochs", "1", "--mask-epochs", "0", "--folds", "0", "--out", run);
        Assert.True(adapt.ExitCode == 0, adapt.Errors);
        var adapted = Path.Combine(run, "seed-1", "adapted");
        var output = LabProcess.Done("extract", "--corpus", corpus, "--encoder", "random-hubert-tiny", "--adapted", adapted, "--out", stores).Output;
        Assert.Contains("32 of 32 clips, 1 layer of 24 numbers", output, StringComparison.Ordinal);
        var store = FeatureStore.Open(stores);
        Assert.Contains($"\"adapter\": \"{store.Recipe.Adapter}\"", File.ReadAllText(Path.Combine(store.Folder, "store.json")), StringComparison.Ordinal);
        var probe = LabProcess.Run("probe", store.Folder, "--corpus", corpus, "--folds", "2", "--penalties", "0.1");
        Assert.True(probe.ExitCode == 0, probe.Errors);
        // Six speakers are outside the test part: their 24 clips were learned from, or chose the epoch.
        Assert.Equal(24, store.Recipe.LearnedClips!.Count);
        Assert.Contains("6 of 8 speakers are not judged", probe.Errors, StringComparison.Ordinal);
        // People are known by their clips: other names make no strangers, and the same names do not make anybody known.
        var renamed = In("renamed.csv");
        File.WriteAllText(renamed, File.ReadAllText(corpus).Replace("speaker 0", "stranger", StringComparison.Ordinal));
        Assert.Contains("6 of 8 speakers are not judged", LabProcess.Run("probe", store.Folder, "--corpus", renamed, "--folds", "2", "--penalties", "0.1").Errors, StringComparison.Ordinal);
        var learned = In("learned.csv");
        File.WriteAllLines(learned, File.ReadLines(corpus).Where(line => !line.Contains("speaker 6", StringComparison.Ordinal) && !line.Contains("speaker 7", StringComparison.Ordinal)));
        var refused = LabProcess.Refused("probe", store.Folder, "--corpus", learned, "--folds", "2");
        Assert.Contains("of speakers whose labels", refused, StringComparison.Ordinal);

        var other = LabProcess.Refused("extract", "--corpus", corpus, "--encoder", "random-hubert-tiny", "--seed", "2", "--adapted", adapted, "--out", stores);
        Assert.DoesNotContain("   at ", other, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(stores));
        var pooled = LabProcess.Refused("extract", "--corpus", corpus, "--encoder", "random-hubert-tiny", "--adapted", adapted, "--pool", "mean", "--out", stores);
        Assert.Contains("so --pool must be left out beside it", pooled, StringComparison.Ordinal);
        var mfcc = LabProcess.Refused("extract", "--corpus", corpus, "--encoder", "mfcc", "--adapted", adapted, "--out", stores);
        Assert.Contains("must be the HuBERT that was adapted", mfcc, StringComparison.Ordinal);
    }

    private string[] Extract(string corpus, string store, int window = 10) =>
        ["extract", "--corpus", corpus, "--encoder", "random-hubert-tiny", "--out", In(store), "--batch-seconds", "2", "--window", $"{window}"];

    private SortedDictionary<string, string> Clips(string store) => new(
        Files(store).Where(file => file.Key.EndsWith(".safetensors", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file.Key), file => file.Value),
        StringComparer.Ordinal);

    // Everything of a store but what depends on the machine or is half written.
    private SortedDictionary<string, string> Files(string store)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var root = In(store);
        if (!Directory.Exists(root)) return files;
        foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
        {
            if (path.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(path) == "media-hashes.csv") continue;
            files[Path.GetRelativePath(root, path)] = Convert.ToHexString(File.ReadAllBytes(path));
        }
        return files;
    }

    private string MakeCorpus(int clips, Func<int, string>? idOf = null)
    {
        var random = new Random(1);
        var list = new List<Clip>();
        for (var i = 0; i < clips; i++)
        {
            var waveform = new float[random.Next(4000, 12000)];
            for (var j = 0; j < waveform.Length; j++) waveform[j] = random.NextSingle() - 0.5f;
            var path = In("sound", $"{i}.wav");
            WaveFile.Write(path, waveform);
            list.Add(new Clip { Id = idOf?.Invoke(i) ?? $"clip {i}", AudioPath = path, Speaker = "anna", Emotion = i % 2 == 0 ? "sad" : "happy" });
        }
        var manifest = In("manifest.csv");
        Manifest.Write(manifest, list);
        return manifest;
    }
}
