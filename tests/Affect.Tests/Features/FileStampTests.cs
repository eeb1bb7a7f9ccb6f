namespace Affect.Tests.Features;

/// <summary>Nothing that is remembered about a file outlives it: links that point elsewhere, files put in another's place.</summary>
public sealed class FileStampTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_hash_of_a_link_is_that_of_its_target_now()
    {
        var (first, second) = (Aged("first", "abc"), Aged("second", "xyz"));
        var hashes = new MediaHashes(folder.In("hashes.csv"));
        var link = OddFiles.Link(folder.In("link"), first);
        var before = hashes.Of(link);
        Assert.Equal(hashes.Of(first), before);
        hashes.Save();

        File.Delete(link);
        OddFiles.Link(link, second);
        Assert.Equal(hashes.Of(second), new MediaHashes(folder.In("hashes.csv")).Of(link));

        // The link stays, what it leads to by way of another changes.
        var chain = OddFiles.Link(folder.In("chain"), link);
        var far = hashes.Of(chain);
        File.Delete(link);
        OddFiles.Link(link, first);
        Assert.NotEqual(far, hashes.Of(chain));
    }

    [Fact]
    public void The_hash_behind_a_linked_folder_is_that_of_the_folder_it_leads_to()
    {
        var hashes = new MediaHashes(folder.In("hashes.csv"));
        Aged("one/a.wav", "abc");
        Aged("two/a.wav", "xyz");
        Directory.CreateSymbolicLink(folder.In("data"), folder.In("one"));
        var before = hashes.Of(folder.In("data/a.wav"));
        Directory.Delete(folder.In("data"));
        Directory.CreateSymbolicLink(folder.In("data"), folder.In("two"));
        Assert.NotEqual(before, hashes.Of(folder.In("data/a.wav")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_put_in_anothers_place_with_its_size_and_time_is_hashed_anew(bool isMoved)
    {
        var hashes = new MediaHashes(folder.In("hashes.csv"));
        var path = Aged("a", "abc");
        var before = hashes.Of(path);
        Thread.Sleep(50); // a step of the file system's clock
        if (isMoved)
        {
            File.Move(Aged("other", "xyz"), path, overwrite: true);
        }
        else
        {
            File.Delete(path);
            Aged("a", "xyz");
        }
        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(path));
        Assert.NotEqual(before, hashes.Of(path));
    }

    [Fact]
    public void A_file_written_in_place_with_its_size_and_a_forged_time_is_hashed_anew()
    {
        var hashes = new MediaHashes(folder.In("hashes.csv"));
        var path = Aged("a", "abc");
        for (var turn = 0; turn < 20; turn++)
        {
            if (turn == 10) Thread.Sleep(3200); // the hash is remembered
            var before = hashes.Of(path);
            using (var stream = new FileStream(path, FileMode.Open)) stream.Write([(byte)('A' + turn)]);
            File.SetLastWriteTimeUtc(path, LongAgo);
            Assert.NotEqual(before, hashes.Of(path));
        }
    }

    [Fact]
    public void What_was_remembered_of_an_unchanged_file_is_not_read_again()
    {
        var path = Aged("a", "abc");
        Thread.Sleep(3200); // so lately that it could change again without a trace, nothing is remembered
        var hashes = new MediaHashes(folder.In("hashes.csv"));
        hashes.Of(path);
        hashes.Save();
        // The memory is forged, which shows that it is believed.
        var forged = new string('0', 64);
        File.WriteAllText(folder.In("hashes.csv"), File.ReadAllText(folder.In("hashes.csv")).Replace(hashes.Of(path), forged, StringComparison.Ordinal));
        Assert.Equal(forged, new MediaHashes(folder.In("hashes.csv")).Of(path));
        Assert.Equal(forged, new MediaHashes(folder.In("hashes.csv")).Of(path));
    }

    [Fact]
    public void Sound_behind_a_link_is_decoded_anew_when_the_link_leads_elsewhere()
    {
        var reader = new RememberingReader(new FirstByte());
        var link = OddFiles.Link(folder.In("link.wav"), Aged("a.wav", "abc"));
        Assert.Equal('a', reader.DecodeAudio(link)[0]);
        File.Delete(link);
        OddFiles.Link(link, Aged("x.wav", "xyz"));
        Assert.Equal('x', reader.DecodeAudio(link)[0]);
    }

    [Fact]
    public void Sound_written_anew_with_the_same_size_and_time_is_decoded_anew()
    {
        var reader = new RememberingReader(new FirstByte());
        var path = Aged("a.wav", "abc");
        Assert.Equal('a', reader.DecodeAudio(path)[0]);
        File.Move(Aged("x.wav", "xyz"), path, overwrite: true);
        Assert.Equal('x', reader.DecodeAudio(path)[0]);

        // Within one step of the clock: by content.
        for (var turn = 0; turn < 50; turn++)
        {
            var letter = (char)('A' + turn % 26);
            folder.File("quick.wav", $"{letter}bc");
            Assert.Equal(letter, reader.DecodeAudio(folder.In("quick.wav"))[0]);
        }
    }

    [Fact]
    public void Room_of_sound_that_has_changed_is_given_back()
    {
        var reader = new RememberingReader(new FirstByte(), mostBytes: sizeof(float));
        for (var turn = 0; turn < 3; turn++)
        {
            Aged("a.wav", new string((char)('a' + turn), turn + 1));
            Assert.Same(reader.DecodeAudio(folder.In("a.wav")), reader.DecodeAudio(folder.In("a.wav")));
        }
    }

    private string Aged(string name, string content)
    {
        var path = folder.File(name, content);
        File.SetLastWriteTimeUtc(path, LongAgo);
        return path;
    }

    private sealed class FirstByte : IMediaReader
    {
        public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

        public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default) => [File.ReadAllBytes(path)[0]];

        public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
