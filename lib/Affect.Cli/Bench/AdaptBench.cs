namespace Affect.Cli.Bench;

/// <summary>
/// An epoch that adapts some upper layers as <c>lab adapt</c> does by default, what lies below kept and computed anew: the top third of a model of HuBERT-base's
/// shape, and layers 7 and 8 of one of eight layers (random weights both).
/// </summary>
internal static class AdaptBench
{
    private const int Clips = 10;
    private const int Seconds = 4;

    internal static IEnumerable<BenchCase> Cases(Device device)
    {
        var still = HubertConfig.Base with { HiddenDropout = 0, AttentionDropout = 0, ActivationDropout = 0, ProjectionDropout = 0, LayerDrop = 0 };
        return Cases("hubert-base", still, new LayerRange(9, 12), device).Concat(Cases("eight-layers", still with { Layers = 8, HiddenSize = 256, FeedForwardSize = 1024, Heads = 4 }, new LayerRange(7, 8), device));
    }

    private static IEnumerable<BenchCase> Cases(string name, HubertConfig shape, LayerRange layers, Device device)
    {
        var encoder = HubertModel.Random(shape, seed: 1, device);
        var corpus = new Corpus("noise", ".", new EmotionSet(["angry", "happy"]), [.. Enumerable.Range(0, Clips).Select(Clip)], isSynthetic: true);
        var kept = AdaptationData.Open(encoder, corpus, new Noise());
        var anew = AdaptationData.Open(encoder, corpus, new Noise(), new LayerCacheConfig { Storage = CacheStorage.None });
        var (fill, sizes) = (0.0, "");
        var (keptPeak, anewPeak) = (0L, 0L);
        var (keptLoss, anewLoss) = (0.0, 0.0);
        yield return new BenchCase($"adapt/{name}-layers-{layers.First}-{layers.Last}-{Clips}x{Seconds}s{(device.type == DeviceType.CPU ? "" : "-" + device.type.ToString().ToLowerInvariant())}", () =>
        {
            if (fill == 0)
            {
                var clock = Stopwatch.StartNew();
                sizes = kept.Prefix(layers.First - 1).ToString();
                fill = clock.Elapsed.TotalSeconds;
            }
            return Epoch(kept, layers, ref keptPeak, ref keptLoss);
        })
        {
            Peers = [new BenchPeer("everything anew", () => Epoch(anew, layers, ref anewPeak, ref anewLoss))],
            Owned = [kept, anew, encoder],
            Note = () => string.Create(
                CultureInfo.InvariantCulture,
                $"kept: {sizes}, made once in {fill:F1} s; peak memory {keptPeak / 1e6:F0} MB with it, {anewPeak / 1e6:F0} MB without (model included); losses {keptLoss:F6} and {anewLoss:F6}"),
        };
    }

    private static double Epoch(AdaptationData data, LayerRange layers, ref long peak, ref double loss)
    {
        Forget();
        var usual = Laboratory.Recipe("bottleneck", layers);
        var config = usual with { CropSeconds = 0, Training = usual.Training with { Epochs = 1, BatchSize = 8, Criterion = null } };
        using var result = AdapterTraining.Fit(data, config);
        peak = Math.Max(peak, Peak());
        loss = result.Labelled.Epochs[0].Loss;
        return result.Labelled.Epochs[0].Seconds;
    }

    // Linux forgets the highest mark so far when it is asked to; elsewhere the mark is that of the whole process.
    private static void Forget()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then the larger of both sides is told for both.
        }
    }

    private static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    private static Clip Clip(int clip) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"noise-{clip}"),
        AudioPath = string.Create(CultureInfo.InvariantCulture, $"/{clip}.wav"),
        Speaker = string.Create(CultureInfo.InvariantCulture, $"speaker {clip % 5}"),
        Emotion = clip / 5 % 2 == 0 ? "angry" : "happy",
    };

    /// <summary>Noise instead of files.</summary>
    private sealed class Noise : IMediaReader
    {
        public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
        {
            var random = new SeededRandom(1, path);
            return [.. Enumerable.Range(0, Seconds * sampleRate).Select(_ => (float)(0.1 * random.Normal()))];
        }

        public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

        public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
