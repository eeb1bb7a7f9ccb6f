namespace Affect.Cli.Bench;

/// <summary>Frozen extraction with HuBERT-base's shape and random weights, as features of every layer are made.</summary>
internal static class EncodeBench
{
    private const int SampleRate = 16000;

    internal static IEnumerable<BenchCase> Cases(PeerStarter peers, Device device)
    {
        foreach (var (clips, seconds) in ((int, int)[])[(8, 4), (1, 10)])
        {
            if (device.type == DeviceType.CPU)
            {
                yield return SinglePrecision(peers, clips, seconds);
                yield return HalfPrecision(clips, seconds);
            }
            else
            {
                yield return OnDevice(device, ScalarType.Float32, clips, seconds);
                yield return OnDevice(device, ScalarType.BFloat16, clips, seconds);
            }
        }
    }

    private static BenchCase SinglePrecision(PeerStarter peers, int clips, int seconds)
    {
        var input = new Input(clips, seconds);
        var model = HubertModel.Random(HubertConfig.Base, seed: 1);
        string[] shape = [clips.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)];
        string threads = get_num_threads().ToString(CultureInfo.InvariantCulture);
        return new($"encode/hubert-base-{clips}x{seconds}s-fp32", () => Seconds(() => Encode(model, input)))
        {
            Peers =
            [
                .. peers.Python("torchaudio as installed", "encode_peer.py", ["0", .. shape], Blas("openblas-pthread", hugePages: false)),
                .. peers.Python("torchaudio with our levers", "encode_peer.py", [threads, .. shape], Blas("openblas-openmp", hugePages: true)),
            ],
            Owned = [model, input],
        };
    }

    private static BenchCase HalfPrecision(int clips, int seconds)
    {
        var input = new Input(clips, seconds);
        var single = HubertModel.Random(HubertConfig.Base, seed: 1);
        var half = HubertModel.Random(HubertConfig.Base, seed: 1, dtype: ScalarType.BFloat16);
        return new($"encode/hubert-base-{clips}x{seconds}s-bf16", () => Seconds(() => Encode(half, input)))
        {
            Peers = [new("ours at fp32", () => Seconds(() => Encode(single, input)))],
            Note = () => "cosine between the pooled states of bf16 and fp32, lowest over layers and clips: "
                + LowestCosine(single, half, input).ToString("F5", CultureInfo.InvariantCulture),
            Owned = [single, half, input],
        };
    }

    // The clock stops when the states have been computed, not when the work was handed over.
    private static BenchCase OnDevice(Device device, ScalarType type, int clips, int seconds)
    {
        var input = new Input(clips, seconds);
        var single = HubertModel.Random(HubertConfig.Base, seed: 1);
        var there = HubertModel.Random(HubertConfig.Base, seed: 1, device, type);
        return new($"encode/hubert-base-{clips}x{seconds}s-{(type == ScalarType.Float32 ? "fp32" : "bf16")}-{device.type.ToString().ToLowerInvariant()}", () => Seconds(() =>
        {
            Encode(there, input);
            cuda.synchronize();
        }))
        {
            Peers = [new("ours on the CPU at fp32", () => Seconds(() => Encode(single, input)))],
            Note = () => "cosine between the pooled states of both, lowest over layers and clips: " + LowestCosine(single, there, input).ToString("F5", CultureInfo.InvariantCulture),
            Owned = [single, there, input],
        };
    }

    private static double LowestCosine(HubertModel single, HubertModel half, Input input)
    {
        using var scope = NewDisposeScope();
        using var exact = single.Encode(input.Waveforms, input.Lengths);
        using var rounded = half.Encode(input.Waveforms, input.Lengths);
        return exact.Layers.Zip(rounded.Layers).Min(pair =>
        {
            var (a, b) = (Pool(pair.First), Pool(pair.Second));
            return nn.functional.cosine_similarity(a, b, dim: 1).min().ToDouble();
        });
    }

    private static Tensor Pool(Tensor states) => states.cpu().to(ScalarType.Float32).mean(new long[] { 1 });

    private static void Encode(HubertModel model, Input input)
    {
        using var states = model.Encode(input.Waveforms, input.Lengths);
    }

    private static double Seconds(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    // Which OpenBLAS the peer binds to, and whether glibc may give it huge pages.
    private static Dictionary<string, string> Blas(string flavour, bool hugePages)
    {
        var folders = Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, flavour)).Where(Directory.Exists);
        var environment = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = string.Join(':', folders) };
        if (hugePages) environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        return environment;
    }

    private sealed class Input : IDisposable
    {
        public Input(int clips, int seconds)
        {
            manual_seed(1);
            using var noise = randn(new long[] { clips, seconds * SampleRate });
            Waveforms = noise * 0.1f;
            Lengths = full(new long[] { clips }, seconds * SampleRate, dtype: ScalarType.Int64);
        }

        public Tensor Waveforms { get; }

        public Tensor Lengths { get; }

        public void Dispose()
        {
            Waveforms.Dispose();
            Lengths.Dispose();
        }
    }
}
