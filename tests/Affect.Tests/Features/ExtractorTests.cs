namespace Affect.Tests.Features;

public sealed class ExtractorTests
{
    // Windows of five clips, batches of about two.
    private static readonly ExtractorConfig Small = new() { WindowClips = 5, BatchSeconds = 0.3, MaximumSeconds = 0, DecodeWorkers = 3 };

    [Fact]
    public void Each_clip_gets_the_mean_of_its_own_frames_at_every_layer()
    {
        using var toys = new ToyCorpus(7);
        using var encoder = new ToyEncoder();
        var report = Extractor.Of(encoder, new ToyReader(), Small with { BatchSeconds = 0 }).Run(toys.Corpus, toys.Store());

        Assert.Equal((7, 0, 7), (report.Clips, report.Found, report.Encoded));
        var table = report.Store.Read(toys.Corpus).Table;
        Assert.Equal(toys.Clips.Select(clip => clip.Id), table.ClipIds);
        Assert.Equal((3, ToyEncoder.FrameSamples, 0), (table.Layers, table.Dims, table.FirstLayer));
        var waveform = WaveFile.Read(toys.Clips[4].AudioPath!).Waveform;
        var frames = waveform.Length / ToyEncoder.FrameSamples;
        var leak = waveform.Average() * 1e-3;
        for (var i = 0; i < table.Dims; i++)
        {
            var mean = Enumerable.Range(0, frames).Average(frame => waveform[frame * ToyEncoder.FrameSamples + i]) + leak;
            Assert.Equal(mean, table.Row(4, 0)[i], 1e-5);
            Assert.Equal(mean + 2, table.Row(4, 2)[i], 1e-5);
        }
        Assert.Equal(toys.Clips.Sum(clip => WaveFile.Read(clip.AudioPath!).Waveform.Length) / 16000.0, report.AudioSeconds, 1e-9);
    }

    [Fact]
    public void A_run_stopped_at_any_batch_goes_on_to_the_bytes_of_an_unbroken_one()
    {
        using var toys = new ToyCorpus(30);
        var expected = Whole(toys, Small, out var batches);
        Assert.True(batches > 12, $"{batches} batches");
        for (var stopAt = 0; stopAt < batches - 1; stopAt += 3)
        {
            var root = toys.Store($"stopped {stopAt}");
            using var stop = new CancellationTokenSource();
            using var encoder = new ToyEncoder { BeforeBatch = batch => { if (batch == stopAt) stop.Cancel(); } };
            Assert.ThrowsAny<OperationCanceledException>(() => Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, root, ct: stop.Token));
            var kept = FolderBytes.Of(Path.Combine(FeatureStore.Open(root).Folder)).Where(file => file.Key.EndsWith(".safetensors", StringComparison.Ordinal)).ToList();
            Assert.True(kept.Count >= stopAt, $"{kept.Count} clips kept after {stopAt} batches");
            Assert.True(kept.Count < 30);

            using var again = new ToyEncoder();
            var report = Extractor.Of(again, new ToyReader(), Small).Run(toys.Corpus, root);
            Assert.Equal((kept.Count, 30 - kept.Count), (report.Found, report.Encoded));
            Assert.Equal(expected, FolderBytes.Of(report.Store.Folder));
            Assert.True(again.Batches <= batches - stopAt, "finished batches are not encoded again");
        }
    }

    [Fact]
    public void Any_clips_that_get_lost_come_back_as_they_were()
    {
        using var toys = new ToyCorpus(30);
        var expected = Whole(toys, Small, out _);
        var random = new Random(5);
        for (var round = 0; round < 6; round++)
        {
            var root = toys.Store("whole");
            foreach (var file in Directory.GetFiles(FeatureStore.Open(root).Folder, "*.safetensors", SearchOption.AllDirectories))
                if (random.Next(3) == 0) File.Delete(file);
            using var encoder = new ToyEncoder();
            Assert.Equal(expected, FolderBytes.Of(Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, root).Store.Folder));
        }
    }

    [Fact]
    public void Without_the_plan_the_bytes_would_differ()
    {
        // What the tests above would miss if batches were formed from the missing clips alone.
        using var toys = new ToyCorpus(30);
        var expected = Whole(toys, Small, out _);
        Assert.NotEqual(expected, Whole(toys, Small with { BatchSeconds = 0.2 }, out _, "smaller batches"));
    }

    [Fact]
    public void Shards_together_are_a_whole_run()
    {
        using var toys = new ToyCorpus(33);
        var expected = Whole(toys, Small, out _);
        var root = toys.Store("shards");
        var reports = Enumerable.Range(1, 3).Select(index =>
        {
            using var encoder = new ToyEncoder();
            return Extractor.Of(encoder, new ToyReader(), Small with { Shard = new Shard(index, 3) }).Run(toys.Corpus, root);
        }).ToList();
        Assert.Equal([13, 10, 10], reports.Select(report => report.Clips));
        Assert.Equal([13, 10, 10], reports.Select(report => report.Encoded));
        Assert.Equal(expected, FolderBytes.Of(reports[0].Store.Folder));
    }

    [Fact]
    public void A_second_run_decodes_and_encodes_nothing()
    {
        using var toys = new ToyCorpus(12);
        Whole(toys, Small, out _);
        using var encoder = new ToyEncoder();
        var media = new ToyReader();
        var report = Extractor.Of(encoder, media, Small).Run(toys.Corpus, toys.Store("whole"));
        Assert.Equal((12, 12, 0), (report.Clips, report.Found, report.Encoded));
        Assert.Equal((0, 0), (media.Decoded, encoder.Batches));
    }

    [Fact]
    public void Bad_clips_are_listed_and_the_others_done()
    {
        using var toys = new ToyCorpus(12, samplesOf: i => i switch { 2 => 399, 7 => 400, _ => 1000 + i });
        File.WriteAllText(toys.Clips[0].AudioPath!, "not sound at all, but long enough to hold a header of forty-four bytes");
        File.WriteAllText(toys.Clips[5].AudioPath!, "");
        File.Delete(toys.Clips[9].AudioPath!);
        toys.Clips[10] = toys.Clips[10] with { AudioPath = null };
        using var encoder = new ToyEncoder();
        var report = Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store());

        Assert.Equal(["clip 0", "clip 2", "clip 5", "clip 9", "clip 10"], report.Failures.Select(failure => failure.ClipId));
        Assert.Equal(7, report.Encoded);
        Assert.EndsWith("holds 399 samples of sound (24.9 ms), but toy needs at least 400 (25 ms).", report.Failures[1].Reason, StringComparison.Ordinal);
        Assert.Contains("it is empty", report.Failures[2].Reason, StringComparison.Ordinal);
        Assert.Contains("there is no such file", report.Failures[3].Reason, StringComparison.Ordinal);
        Assert.Equal("The clip names neither a sound file nor a video.", report.Failures[4].Reason);
        var list = File.ReadAllLines(report.Store.FailuresPath(Shard.Whole));
        Assert.Equal("clip,media,reason", list[0]);
        Assert.Equal(6, list.Length);
        Assert.Equal(report.Failures.Select(failure => failure.ClipId), report.Store.Read(toys.Corpus).Missing);
    }

    [Fact]
    public void A_repaired_clip_is_all_that_the_next_run_adds()
    {
        using var toys = new ToyCorpus(12);
        var path = toys.Clips[3].AudioPath!;
        var good = File.ReadAllBytes(path);
        File.WriteAllBytes(path, good[..30]);
        using var encoder = new ToyEncoder();
        var first = Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store());
        Assert.Single(first.Failures);
        Assert.True(File.Exists(first.Store.FailuresPath(Shard.Whole)));

        // Still bad: only the bad clip is tried again, and nothing is encoded.
        var batches = encoder.Batches;
        var media = new ToyReader();
        Assert.Single(Extractor.Of(encoder, media, Small).Run(toys.Corpus, toys.Store()).Failures);
        Assert.Equal((batches, 1), (encoder.Batches, media.Decoded));

        File.WriteAllBytes(path, good);
        var second = Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store());
        Assert.Equal((11, 1), (second.Found, second.Encoded));
        Assert.Empty(second.Failures);
        Assert.False(File.Exists(second.Store.FailuresPath(Shard.Whole)));
    }

    [Fact]
    public void A_batch_that_the_encoder_refuses_is_told_of_its_clips_only()
    {
        using var toys = new ToyCorpus(10, samplesOf: i => 1000 * (1 + i % 5));
        using var encoder = new ToyEncoder { NeedsEqualLengths = true, BeforeBatch = batch => { if (batch == 1) throw new ArgumentException("no", nameof(batch)); } };
        var report = Extractor.Of(encoder, new ToyReader(), Small with { WindowClips = 100, BatchSeconds = 1 }).Run(toys.Corpus, toys.Store());
        Assert.Equal(["clip 3", "clip 8"], report.Failures.Select(failure => failure.ClipId));
        Assert.Equal("toy could not encode the clip: no (Parameter 'batch')", report.Failures[0].Reason);
        Assert.Equal(8, report.Encoded);
    }

    [Fact]
    public void Features_that_are_not_numbers_are_not_stored()
    {
        using var toys = new ToyCorpus(3);
        using var encoder = new ToyEncoder { Name = "broken", Offset = float.NaN };
        var report = Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store());
        Assert.Equal(3, report.Failures.Count);
        Assert.StartsWith("broken gave features that are not finite numbers;", report.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Empty(report.Store.Clips());
    }

    [Fact]
    public void A_missing_decoder_is_no_clips_fault_and_ends_the_run()
    {
        using var toys = new ToyCorpus(6);
        using var encoder = new ToyEncoder();
        var media = new ToyReader { BeforeDecoding = _ => throw new FileNotFoundException("ffmpeg was not found") };
        var error = Assert.Throws<FileNotFoundException>(() => Extractor.Of(encoder, media, Small).Run(toys.Corpus, toys.Store()));
        Assert.Equal("ffmpeg was not found", error.Message);
    }

    [Fact]
    public void Long_clips_are_encoded_in_pieces_and_pooled_as_one()
    {
        using var toys = new ToyCorpus(3, samplesOf: i => 16000 * (i + 1) + 400);
        var lengths = new List<int>();
        using var encoder = new ToyEncoder();
        var config = Small with { MaximumSeconds = 1, Pooling = Pooling.MeanAndDeviation };
        var report = Extractor.Of(encoder, new ToyReader(), config).Run(toys.Corpus, toys.Store());
        Assert.Equal(2 + 3 + 4, encoder.Clips);
        Assert.Equal(3, report.Encoded);

        using var whole = new ToyEncoder();
        var expected = Extractor.Of(whole, new ToyReader(), config with { MaximumSeconds = 0 }).Run(toys.Corpus, toys.Store());
        Assert.NotEqual(expected.Store.Folder, report.Store.Folder);
        var (pieces, one) = (report.Store.Read(toys.Corpus).Table.Values, expected.Store.Read(toys.Corpus).Table.Values);
        Assert.Equal(3 * 3 * 20, pieces.Length);
        Assert.All(pieces.Zip(one), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Theory]
    [InlineData("last", 2, 1)]
    [InlineData("0..1", 1, 2)]
    [InlineData("1", 1, 1)]
    public void Blocks_above_the_layers_asked_for_are_not_run(string layers, int last, int count)
    {
        using var toys = new ToyCorpus(3);
        using var encoder = new ToyEncoder();
        var store = Extractor.Of(encoder, new ToyReader(), Small with { Layers = LayerChoice.Parse(layers) }).Run(toys.Corpus, toys.Store()).Store;
        Assert.Equal(last, encoder.LargestLayer);
        var table = store.Read(toys.Corpus).Table;
        Assert.Equal((count, last - count + 1), (table.Layers, table.FirstLayer));

        var all = Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store()).Store.Read(toys.Corpus).Table;
        Assert.Equal(all.Row(1, last).ToArray(), table.Row(1, count - 1).ToArray());
    }

    [Fact]
    public void No_more_than_two_windows_are_in_memory()
    {
        using var toys = new ToyCorpus(40, samplesOf: _ => 1000);
        var media = new ToyReader();
        var inMemory = new List<int>();
        ToyEncoder? encoder = null;
        using var watched = encoder = new ToyEncoder
        {
            BeforeBatch = batch =>
            {
                // Time enough for a decoder that did not wait to run ahead.
                Thread.Sleep(batch == 0 ? 300 : 10);
                inMemory.Add(media.Decoded - encoder!.Clips);
            },
        };
        Extractor.Of(watched, media, Small).Run(toys.Corpus, toys.Store());
        Assert.InRange(inMemory.Max(), Small.WindowClips, 2 * Small.WindowClips);
    }

    [Fact]
    public void The_next_window_is_decoded_while_this_one_is_encoded()
    {
        using var toys = new ToyCorpus(15, samplesOf: _ => 1000);
        using var ahead = new ManualResetEventSlim();
        var media = new ToyReader { BeforeDecoding = path => { if (path.EndsWith("/7.wav", StringComparison.Ordinal)) ahead.Set(); } };
        var wasAhead = false;
        using var encoder = new ToyEncoder { BeforeBatch = batch => { if (batch == 0) wasAhead = ahead.Wait(TimeSpan.FromSeconds(20)); } };
        Extractor.Of(encoder, media, Small).Run(toys.Corpus, toys.Store());
        Assert.True(wasAhead);
    }

    [Fact]
    public void Progress_counts_clips_and_the_pace_of_the_sound()
    {
        using var toys = new ToyCorpus(12);
        Whole(toys, Small with { Shard = new Shard(1, 2) }, out _);
        var told = new List<WorkProgress>();
        using var encoder = new ToyEncoder();
        Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store("whole"), new Told(told.Add));
        Assert.Equal(told.Select(progress => progress.Done).Distinct().Order(), told.Select(progress => progress.Done));
        Assert.Equal(("Encoding toys with toy", 12, 12, "clips", 7), (told[^1].Task, told[^1].Done, told[^1].Total, told[^1].Unit, told[^1].Resumed));
        Assert.EndsWith(" s of sound/s", told[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_stays_behind_also_when_a_run_breaks_off()
    {
        using var toys = new ToyCorpus(10);
        using var encoder = new ToyEncoder();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
        {
            Extractor.Of(encoder, new ToyReader(), Small).Run(toys.Corpus, toys.Store($"good {i}"));
            using var failing = new ToyEncoder { BeforeBatch = batch => { if (batch == 2) throw new InvalidOperationException("stop"); } };
            Assert.Throws<InvalidOperationException>(() => Extractor.Of(failing, new ToyReader(), Small).Run(toys.Corpus, toys.Store($"bad {i}")));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static SortedDictionary<string, string> Whole(ToyCorpus toys, ExtractorConfig config, out int batches, string name = "whole")
    {
        using var encoder = new ToyEncoder();
        var report = Extractor.Of(encoder, new ToyReader(), config).Run(toys.Corpus, toys.Store(name));
        Assert.Empty(report.Failures);
        batches = encoder.Batches;
        return FolderBytes.Of(report.Store.Folder);
    }

    private sealed class Told(Action<WorkProgress> tell) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => tell(value);
    }
}
