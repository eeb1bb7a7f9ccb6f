namespace Affect.Tests;

public sealed class RegularFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_no_file_is_refused_at_once_by_every_reader_and_named()
    {
        var readers = new (string Name, Action<string> Read)[]
        {
            ("bytes", path => RegularFile.ReadAllBytes(path)),
            ("text", path => RegularFile.ReadAllText(path)),
            ("stream", path => RegularFile.OpenRead(path).Dispose()),
            ("manifest", path => Manifest.Read(path)),
            ("config", path => ConfigFile.Open(path)),
            ("safetensors", path => SafetensorsFile.Open(path)),
            ("pickle", path => PyTorchFile.Open(path)),
            ("tokenizer", path => ConfigFile.ReadObject(path)),
            ("hash", path => new MediaHashes(folder.In("none.csv")).Of(path)),
            ("sound", path => WaveFile.Read(path)),
            ("decoding", path => new Ffmpeg().DecodeAudio(path)),
            ("pictures", path => new Ffmpeg().DecodeFrames(path, framesPerSecond: 5, size: 32)),
            ("probe", path => new Ffmpeg().Probe(path)),
        };
        foreach (var (path, kind) in OddFiles.In(folder.Path, ".wav"))
        {
            foreach (var (name, read) in readers)
            {
                var error = await OddFiles.Thrown(() => read(path));
                // A folder is no file to who asks first whether there is one.
                if (kind == "folder" && error is FileNotFoundException) continue;
                Assert.True(error is FormatException or MediaException, $"{name} of {path}: {error}");
                Assert.Contains(kind, error!.Message, StringComparison.Ordinal);
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Beside_a_corpus_and_a_run_pipes_are_refused_too()
    {
        OddFiles.Pipe(folder.In("train.jsonl"));
        OddFiles.Pipe(folder.In(RunLog.FileName));
        Assert.IsType<FormatException>(await OddFiles.Thrown(() => RunRecord.Load(folder.Path)));

        folder.File("clips/sad/anna_1.wav", "x");
        OddFiles.Pipe(folder.In("clips/sad/anna_1.txt"));
        Assert.IsType<FormatException>(await OddFiles.Thrown(() => Corpus.Open(folder.In("clips"))));
    }

    [Fact]
    public async Task A_memory_that_is_a_pipe_counts_as_empty()
    {
        var path = folder.File("a", "abc");
        OddFiles.Pipe(folder.In("hashes.csv"));
        Assert.Null(await OddFiles.Thrown(() => Assert.Equal(64, new MediaHashes(folder.In("hashes.csv")).Of(path).Length)));
    }

    [Fact]
    public void A_file_an_empty_file_and_links_to_them_are_files()
    {
        var file = folder.File("a.txt", "abc");
        Assert.Null(RegularFile.WhyNot(file));
        Assert.Null(RegularFile.WhyNot(folder.File("empty")));
        Assert.Null(RegularFile.WhyNot(OddFiles.Link(folder.In("link"), OddFiles.Link(folder.In("first"), file))));
        Assert.Null(RegularFile.WhyNot(folder.In("nothing")));
        Assert.Equal("abc", RegularFile.ReadAllText(folder.In("link")));
        Assert.Throws<FileNotFoundException>(() => RegularFile.ReadAllText(folder.In("nothing")));
    }

    [Fact]
    public void Nothing_is_written_in_the_place_of_a_pipe()
    {
        var pipe = OddFiles.Pipe(folder.In("pipe"));
        Assert.Contains("a named pipe", Assert.Throws<FormatException>(() => Affect.Evaluation.Decisions.Load(pipe)).Message, StringComparison.Ordinal);
        var error = Assert.Throws<IOException>(() => AtomicFile.WriteText(pipe, "text"));
        Assert.Contains("a named pipe", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("a named pipe", RegularFile.WhyNot(pipe), StringComparison.Ordinal);
    }
}
