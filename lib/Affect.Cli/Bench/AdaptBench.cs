namespace Affect.Cli.Bench;

/// <summary>
/// An epoch that adapts some upper layers as <c>lab adapt</c> does by default, what lies below kept and computed anew: the top third of a model
/// of HuBERT-base's shape, and layers 7 and 8 of one of eight layers (random weights both).
/// </summary>
internal static class AdaptBench
{
    private const int Clips = 10;
    private const int Seconds = 4;

    internal static IEnumerable<BenchCase> Cases(Device device)
    {
        var still = HubertConfig.Base with { HiddenDropout = 0, AttentionDropout = 0, ActivationDropout = 0, ProjectionDropout = 0, LayerDrop = 0 };
        var small = still with { Layers = 8, HiddenSize = 256, FeedForwardSize = 1024, Heads = 4 };
        return [Case("hubert-base", still, new LayerRange(9, 12), device), Case("eight-layers", small, new LayerRange(7, 8), device)];
    }

    private static BenchCase Case(string name, HubertConfig shape, LayerRange layers, Device device)
    {
        var encoder = HubertModel.Random(shape, seed: 1, device);
        var corpus = new Corpus("noise", ".", new EmotionSet(["angry", "happy"]), [.. Enumerable.Range(0, Clips).Select(Clip)], isSynthetic: true);
        var kept = new Side(AdaptationData.Open(encoder, corpus, new Noise()), layers);
        var anew = new Side(AdaptationData.Open(encoder, corpus, new Noise(), new LayerCacheConfig { Storage = CacheStorage.None }), layers);
        var (fill, sizes) = (0.0, "");
        return new($"adapt/{name}-layers-{layers.First}-{layers.Last}-{Clips}x{Seconds}s{BenchRunner.Suffix(device)}", () =>
        {
            if (fill == 0) fill = BenchRunner.Time(1, () => sizes = $"{kept.Data.Prefix(layers.First - 1)}");
            return kept.Epoch();
        })
        {
            Peers = [("everything anew", anew.Epoch)],
            Owned = [kept.Data, anew.Data, encoder],
            Note = () => $"kept: {sizes}, made once in {fill:F1} s; peak memory {kept.Peak / 1e6:F0} MB with it, "
                + $"{anew.Peak / 1e6:F0} MB without (model included); losses {kept.Loss:F6} and {anew.Loss:F6}",
        };
    }

    private static Clip Clip(int clip) => new()
    {
        Id = $"noise-{clip}",
        AudioPath = $"/{clip}.wav",
        Speaker = $"speaker {clip % 5}",
        Emotion = clip / 5 % 2 == 0 ? "angry" : "happy",
    };

    /// <summary>One way to adapt, and the most memory that it took.</summary>
    private sealed class Side(AdaptationData data, LayerRange layers)
    {
        internal AdaptationData Data => data;

        internal long Peak { get; private set; }

        internal double Loss { get; private set; }

        internal double Epoch()
        {
            Forget();
            var usual = Laboratory.Recipe("bottleneck", layers);
            var config = usual with { CropSeconds = 0, Training = usual.Training with { Epochs = 1, BatchSize = 8, Criterion = null } };
            using var result = AdapterTraining.Fit(data, config);
            using var self = Process.GetCurrentProcess();
            Peak = Math.Max(Peak, self.PeakWorkingSet64);
            Loss = result.Labelled.Epochs[0].Loss;
            return result.Labelled.Epochs[0].Seconds;
        }

        // Linux forgets the highest mark so far when it is asked to; elsewhere the larger of both sides is told for both.
        private static void Forget()
        {
            try
            {
                File.WriteAllText("/proc/self/clear_refs", "5");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    /// <summary>Noise instead of files.</summary>
    private sealed class Noise : IMediaReader
    {
        public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
        {
            var random = new SeededRandom(1, path);
            return [.. Enumerable.Range(0, Seconds * sampleRate).Select(_ => (float)(0.1 * random.Normal()))];
        }

        public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

        public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
