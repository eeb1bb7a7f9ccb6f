namespace Affect.Tests.Features;

public sealed class FrameExtractorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CLIPModel encoder = CLIPModel.Random(TinyVision.CLIP, seed: 1);
    private readonly Corpus corpus;

    public FrameExtractorTests()
    {
        var clips = new List<Clip>();
        for (var i = 0; i < 5; i++)
        {
            var path = Path.Combine(folder.Path, FormattableString.Invariant($"{i}.mp4"));
            File.WriteAllText(path, FormattableString.Invariant($"film {i}"));
            clips.Add(new Clip { Id = FormattableString.Invariant($"clip {i}"), VideoPath = path, Speaker = "anna" });
        }
        corpus = new Corpus("films", folder.Path, new EmotionSet(["happy", "sad"]), clips);
    }

    private string Root => Path.Combine(folder.Path, "features");

    [Fact]
    public void Every_clip_gets_a_sequence_and_a_second_run_finds_them_all()
    {
        var reader = new ToyReader();
        var first = Extractor.Of(encoder, reader).Run(corpus, Root);
        var again = Extractor.Of(encoder, reader).Run(corpus, Root);

        Assert.Equal((5, 0, 5, 50L), (first.Clips, first.Found, first.Encoded, first.Length));
        Assert.Equal((5, 0), (again.Found, again.Encoded));
        Assert.Equal(5, reader.Decoded);
        var (table, missing) = again.Store.ReadFrames(corpus);
        Assert.Empty(missing);
        Assert.Equal(corpus.Clips.Select(clip => clip.Id), table.ClipIds);
        Assert.Equal((10, 6), (table.Frames(0), table.Dims));
    }

    [Fact]
    public void A_run_that_was_ended_goes_on_to_the_bytes_of_an_unbroken_one()
    {
        using var stop = new CancellationTokenSource();
        var reader = new ToyReader { BeforeDecoding = path => { if (path.EndsWith("3.mp4", StringComparison.Ordinal)) stop.Cancel(); } };
        var config = new FrameExtractorConfig { WindowClips = 1, DecodeWorkers = 1 };
        Assert.ThrowsAny<OperationCanceledException>(() => Extractor.Of(encoder, reader, config).Run(corpus, Root, ct: stop.Token));
        var resumed = Extractor.Of(encoder, new ToyReader(), config).Run(corpus, Root);
        Assert.InRange(resumed.Found, 1, 4);

        var unbroken = Extractor.Of(encoder, new ToyReader()).Run(corpus, Root + " unbroken");
        var (ours, theirs) = (resumed.Store.ReadFrames(corpus).Table, unbroken.Store.ReadFrames(corpus).Table);
        for (var clip = 0; clip < 5; clip++) Assert.Equal(theirs.Sequence(clip).ToArray(), ours.Sequence(clip).ToArray());
    }

    [Fact]
    public void A_clip_that_cannot_be_read_is_told_of_and_the_others_go_on()
    {
        var reader = new ToyReader { BeforeDecoding = path => { if (path.EndsWith("2.mp4", StringComparison.Ordinal)) throw new MediaException(path, "damaged"); } };
        var soundOnly = new Clip { Id = "voice", AudioPath = "voice.wav", Speaker = "ben" };
        var report = Extractor.Of(encoder, reader).Run(new Corpus("films", folder.Path, corpus.Emotions, [.. corpus.Clips, soundOnly]), Root);

        Assert.Equal(4, report.Encoded);
        Assert.Equal(["clip 2", "voice"], report.Failures.Select(failure => failure.ClipId));
        Assert.Equal(["clip 2"], report.Store.ReadFrames(corpus).Missing);
        Assert.Contains("damaged", File.ReadAllText(Path.Combine(report.Store.Folder, "failures.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sampling_another_output_and_another_encoder_are_other_recipes()
    {
        using var other = CLIPModel.Random(TinyVision.CLIP, seed: 2);
        string[] keys =
        [
            Extractor.Of(encoder, new ToyReader()).Recipe.Key,
            Extractor.Of(encoder, new ToyReader(), new FrameExtractorConfig { Sampling = FrameSampling.Uniform(8) }).Recipe.Key,
            Extractor.Of(encoder, new ToyReader(), new FrameExtractorConfig { Output = FrameOutput.ClassToken }).Recipe.Key,
            Extractor.Of(other, new ToyReader()).Recipe.Key,
        ];
        Assert.Equal(4, keys.Distinct().Count());
    }

    [Theory]
    [InlineData(FrameOutput.ClassToken)]
    [InlineData(FrameOutput.Patches)]
    public void Other_outputs_have_the_hidden_size(FrameOutput output)
    {
        var report = Extractor.Of(encoder, new ToyReader(), new FrameExtractorConfig { Output = output, BatchFrames = 3 }).Run(corpus, Root);
        Assert.Equal(12, report.Store.ReadFrames(corpus).Table.Dims);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        Extractor.Of(encoder, new ToyReader()).Run(corpus, Root);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Extractor.Of(encoder, new ToyReader()).Run(corpus, Root + " again").Store.ReadFrames(corpus).Table.Pool(Pooling.MeanAndDeviation);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        var report = Extractor.Of(encoder, new ToyReader()).Run(corpus, Root);
        var file = Directory.GetFiles(report.Store.Folder, "*.safetensors", SearchOption.AllDirectories)[0];
        File.WriteAllBytes(file, new byte[20]);
        Assert.Contains(file, Assert.Throws<FormatException>(() => report.Store.ReadFrames(corpus)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        encoder.Dispose();
        folder.Dispose();
    }
}
