namespace Affect.Tests.Data.Mimicry;

public sealed class MimicTests : IDisposable
{
    private static readonly MimicConfig Small = new() { Clips = 12, Seed = 4 };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Version 2 (more speakers, of which no two share accent and timbre) is frozen: results on it are compared across machines and years. Whoever changes what is drawn raises MimicConfig.Version.
    [Theory]
    [InlineData(1, "7acfa259223e553cc8c696ea0ef870de978dec00cce7fcd50e9916b44f021112")]
    [InlineData(2, "255173c2f280323c9f6efdea5c10cb88763a6c48052d8e71c83dfe68cb1345a3")]
    public void The_manifest_of_a_seed_is_the_same_everywhere_for_ever(int seed, string hash)
    {
        Assert.Equal(2, MimicConfig.Version);
        Assert.Equal(hash, Mimic.ManifestHash(new MimicConfig { Seed = seed }));
    }

    [Fact]
    public void A_killed_and_resumed_run_is_the_same_bytes_as_an_unbroken_one()
    {
        var (unbroken, broken) = (Path.Combine(folder.Path, "unbroken"), Path.Combine(folder.Path, "broken"));
        var corpus = Mimic.Generate(unbroken, Small);

        using var kill = new CancellationTokenSource();
        var reports = new List<WorkProgress>();
        Assert.ThrowsAny<OperationCanceledException>(() => Mimic.Generate(broken, Small with { Workers = 1 }, new After(4, kill, reports), kill.Token));
        Assert.False(File.Exists(Path.Combine(broken, "manifest.csv")));
        Assert.InRange(Directory.GetFiles(broken, "*.mp4", SearchOption.AllDirectories).Length, 4, 11);
        Assert.Empty(Directory.GetFiles(broken, "*.tmp", SearchOption.AllDirectories));
        Assert.Equal(12, Mimic.Generate(broken, Small, new After(int.MaxValue, kill, reports)).Clips.Count);

        Assert.True(reports.Last().Resumed >= 4);
        Assert.Equal(Hashes(unbroken), Hashes(broken));
        Assert.Equal(2 + 12, Hashes(broken).Length);
        Assert.Equal(Mimic.ManifestHash(Small), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(broken, "manifest.csv")))));

        Assert.True(corpus.IsSynthetic);
        Assert.Equal("mimic", corpus.Name);
        Assert.Equal(EmotionSet.Mer2024, Corpus.Open(unbroken).Emotions);

        static string[] Hashes(string root) =>
            [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{Path.GetRelativePath(root, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
    }

    [Fact]
    public void A_folder_of_another_corpus_is_left_alone()
    {
        folder.File("mimic.json", "{\"generator\":\"mimic 0\"}");
        var error = Assert.Throws<ArgumentException>(() => Mimic.Generate(folder.Path, Small));
        Assert.Contains("was begun for another one: {\"generator\":\"mimic 0\"}", error.Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder.Path, "mimic.json"));
        folder.File("manifest.csv", "clip,audio,speaker,emotion\n");
        Assert.Contains("holds a manifest.csv of something else", Assert.Throws<ArgumentException>(() => Mimic.Generate(folder.Path, Small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_synthesiser_is_named_with_the_cure()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Mimic.Generate(folder.Path, Small with { Espeak = "no-such-espeak" }));
        Assert.Contains("espeak-ng could not be started as 'no-such-espeak'", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install espeak-ng", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, 32, 0.3, "Clips must be at least 12.")]
    [InlineData(960, 1000, 0.3, "Speakers must be between 4 and 999.")]
    [InlineData(960, 3, 0.3, "Speakers must be between 4 and 999.")]
    [InlineData(960, 32, 0.95, "UnlabelledShare must be between 0.05 and 0.9.")]
    public void Settings_out_of_range_are_refused(int clips, int speakers, double unlabelled, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new MimicConfig { Clips = clips, Speakers = speakers, UnlabelledShare = unlabelled });
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Cancels once a number of clips is done.</summary>
    private sealed class After(int done, CancellationTokenSource source, List<WorkProgress> reports) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            reports.Add(value);
            if (value.Done >= done) source.Cancel();
        }
    }
}
