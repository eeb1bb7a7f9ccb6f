namespace Affect.Tests.Features;

public sealed class MediaHashesTests : IDisposable
{
    private const int Settled = 3200; // what was written more lately could change again without a trace, and is not remembered
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder folder = new();

    private string Cache => Path.Combine(folder.Path, "hashes.csv");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_hash_is_that_of_the_content()
    {
        var hash = new MediaHashes(Cache).Of(folder.File("a", "abc"), default);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("abc"))), hash);
    }

    [Theory]
    [InlineData("a.wav")]
    [InlineData("-i, \"two\"\nlines.wav")]
    [InlineData("怒り\r.wav")]
    public void A_hash_is_remembered_over_processes_until_size_or_time_change(string name)
    {
        var path = Aged(name, "abc");
        Thread.Sleep(Settled);
        var first = new MediaHashes(Cache);
        var hash = first.Of(path, default);
        first.Save();

        // The memory is forged: that it is believed shows that the file was not read again.
        var forged = new string('0', 64);
        File.WriteAllText(Cache, File.ReadAllText(Cache).Replace(hash, forged, StringComparison.Ordinal));
        Assert.Equal(forged, new MediaHashes(Cache).Of(path, default));
        File.SetLastWriteTimeUtc(path, LongAgo.AddSeconds(1));
        Assert.Equal(hash, new MediaHashes(Cache).Of(path, default));
        Aged(name, "abcd");
        Assert.NotEqual(hash, new MediaHashes(Cache).Of(path, default));
    }

    [Fact]
    public void A_file_that_changed_moments_ago_is_not_trusted()
    {
        var path = folder.File("a", "abc");
        var hashes = new MediaHashes(Cache);
        var hash = hashes.Of(path, default);
        var time = File.GetLastWriteTimeUtc(path);
        folder.File("a", "xyz");
        File.SetLastWriteTimeUtc(path, time);
        Assert.NotEqual(hash, hashes.Of(path, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("path,size\n")]
    [InlineData("path,size,modified,sha256\n\"unclosed")]
    [InlineData("path,size,modified,sha256\na,b\n")]
    public void A_damaged_memory_counts_as_empty(string content)
    {
        folder.File("hashes.csv", content);
        var hashes = new MediaHashes(Cache);
        var path = Aged("a", "abc");
        Thread.Sleep(Settled);
        Assert.Equal(64, hashes.Of(path, default).Length);
        hashes.Save();
        Assert.StartsWith("path,size,modified,sha256\n", File.ReadAllText(Cache), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_and_an_empty_file_are_told_apart()
    {
        var hashes = new MediaHashes(Cache);
        Assert.Contains("there is no such file", Assert.Throws<MediaException>(() => hashes.Of(Path.Combine(folder.Path, "none"), default)).Message, StringComparison.Ordinal);
        Assert.Contains("it is empty", Assert.Throws<MediaException>(() => hashes.Of(folder.File("a"), default)).Message, StringComparison.Ordinal);
    }

    private string Aged(string name, string content)
    {
        var path = folder.File(name, content);
        File.SetLastWriteTimeUtc(path, LongAgo);
        return path;
    }
}
