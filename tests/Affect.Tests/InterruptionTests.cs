namespace Affect.Tests;

/// <summary>What a notebook calls without a token hears that its cell is to stop.</summary>
public sealed class InterruptionTests
{
    public static TheoryData<string> Calls => [.. Work.Keys];

    private static string Checkpoint(string name) => Path.Combine(Repository.Root, "data", "checkpoints", name);

    private static Dictionary<string, Action<string>> Work { get; } = new(StringComparer.Ordinal)
    {
        ["HuBERT"] = _ =>
        {
            using var model = HubertModel.RandomLike(Repository.Golden("hubert-base-tiny"), seed: 1);
            using var sound = zeros(1, 16_000);
            using var length = tensor(new long[] { 16_000 });
            using var states = model.Encode(sound, length);
        },
        ["BERT"] = _ =>
        {
            using var model = BertModel.FromPretrained(Checkpoint("mimic-bert"));
            using var states = model.Encode(["a word"]);
        },
        ["CLIP"] = _ =>
        {
            using var model = CLIPModel.FromPretrained(Checkpoint("mimic-clip"));
            using var pictures = zeros(1, 3, model.Preprocessing.Size, model.Preprocessing.Size);
            using var states = model.Encode(pictures);
        },
        ["CKA"] = _ =>
        {
            using var layers = ones(4, 3, 2);
            LinearCka.Between(layers);
        },
        ["k-means"] = _ =>
        {
            using var points = arange(40, float32).view(20, 2);
            using var fitted = KMeans.Fit(points, new KMeansConfig { Clusters = 3 });
        },
        ["layer probe"] = _ => LayerProbe.Run(Planted.Task(_ => 1)),
        ["penalties"] = _ => LayerProbe.Grid(Planted.Task(_ => 1)),
        ["Mimic"] = folder => Mimic.Generate(Path.Combine(folder, "mimic"), new MimicConfig { Clips = 12 }),
        ["decoding"] = folder =>
        {
            var path = Path.Combine(folder, "sound.wav");
            WaveFile.Write(path, new float[8000]);
            new Ffmpeg().DecodeAudio(path, 8000);
        },
        ["reading a file's facts"] = folder =>
        {
            var path = Path.Combine(folder, "sound.wav");
            WaveFile.Write(path, new float[8000]);
            new Ffmpeg().Probe(path);
        },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_long_call_without_a_token_ends_with_the_work_that_called_it_and_leaves_nothing_half_written(string call)
    {
        var folder = Directory.CreateTempSubdirectory("affect-interruption-").FullName;
        try
        {
            using var source = new CancellationTokenSource();
            source.Cancel();
            Exception? thrown = null;
            var thread = new Thread(() =>
            {
                Interruption.Hear(source.Token);
                thrown = Record.Exception(() => Work[call](folder));
            });
            thread.Start();
            thread.Join();
            Assert.IsAssignableFrom<OperationCanceledException>(thrown);
            Assert.Empty(Directory.GetFiles(folder, "manifest*", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task It_reaches_tasks_threads_and_parallel_loops_that_the_work_starts_and_nobody_else()
    {
        using var source = new CancellationTokenSource();
        await Task.Run(async () =>
        {
            Interruption.Hear(source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(Interruption.Check));
            Assert.Throws<AggregateException>(() => Parallel.For(0, 4, _ => Interruption.Check()));
            Exception? thrown = null;
            var thread = new Thread(() => thrown = Record.Exception(Interruption.Check));
            thread.Start();
            thread.Join();
            Assert.IsType<OperationCanceledException>(thrown);
        });
        Interruption.Check();
        Assert.False(Interruption.Token.CanBeCanceled);
    }

    [Fact]
    public void A_token_that_was_given_goes_before()
    {
        using var given = new CancellationTokenSource();
        Assert.Equal(given.Token, Interruption.Or(given.Token));
        Assert.Equal(Interruption.Token, Interruption.Or(CancellationToken.None));
    }
}
