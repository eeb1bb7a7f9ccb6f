using System.Diagnostics;
using System.Globalization;
using Affect.Adapters;
using Affect.Adapters.Bottleneck;
using Affect.Adapters.Frozen;
using Affect.Data;
using Affect.Encoders;
using Affect.Encoders.Hubert;
using Affect.Media;
using Affect.Training;
using Affect.Training.Adaptation;
using TorchSharp;
using static TorchSharp.torch;

namespace Affect.Cli.Bench;

/// <summary>An epoch that adapts the top third of a model of HuBERT-base's shape (random weights), its frozen layers kept and computed anew.</summary>
internal static class AdaptBench
{
    private const int Clips = 10;
    private const int Seconds = 4;

    internal static IEnumerable<BenchCase> Cases(Device device)
    {
        var encoder = HubertModel.Random(HubertConfig.Base with { HiddenDropout = 0, AttentionDropout = 0, ActivationDropout = 0, ProjectionDropout = 0, LayerDrop = 0 }, seed: 1, device);
        var corpus = new Corpus("noise", ".", new EmotionSet(["angry", "happy"]), [.. Enumerable.Range(0, Clips).Select(Clip)], isSynthetic: true);
        var kept = AdaptationData.Open(encoder, corpus, new Noise());
        var anew = AdaptationData.Open(encoder, corpus, new Noise(), new FrozenPrefixConfig { Storage = PrefixStorage.None });
        var (fill, sizes) = (0.0, "");
        var (keptPeak, anewPeak) = (0L, 0L);
        var (keptLoss, anewLoss) = (0.0, 0.0);
        yield return new BenchCase($"adapt/hubert-base-layers-9-12-{Clips}x{Seconds}s{(device.type == DeviceType.CPU ? "" : "-" + device.type.ToString().ToLowerInvariant())}", () =>
        {
            if (fill == 0)
            {
                var clock = Stopwatch.StartNew();
                sizes = kept.Prefix(8).ToString();
                fill = clock.Elapsed.TotalSeconds;
            }
            return Epoch(kept, ref keptPeak, ref keptLoss);
        })
        {
            Peers = [new BenchPeer("everything anew", () => Epoch(anew, ref anewPeak, ref anewLoss))],
            Owned = [kept, anew, encoder],
            Note = () => string.Create(
                CultureInfo.InvariantCulture,
                $"kept: {sizes}, made once in {fill:F1} s; peak memory {keptPeak / 1e6:F0} MB with it, {anewPeak / 1e6:F0} MB without (model included); losses {keptLoss:F6} and {anewLoss:F6}"),
        };
    }

    private static double Epoch(AdaptationData data, ref long peak, ref double loss)
    {
        Forget();
        var config = new AdaptationConfig
        {
            Method = new BottleneckConfig { Towers = [TowerTargets.Within(new LayerRange(9, 12))] },
            Masking = new MaskedPhaseConfig { Epochs = 0 },
            Training = new TrainerConfig { Epochs = 1, BatchSize = 8, Pieces = 2, Criterion = null },
        };
        using var result = AdapterTraining.Run(data, config);
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
