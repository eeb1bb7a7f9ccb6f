namespace Affect.Cli.Bench;

/// <summary>Frozen extraction with HuBERT-base's shape and random weights, as features of every layer are made.</summary>
internal static class EncodeBench
{
    private const int SampleRate = 16000;

    internal static IEnumerable<BenchCase> Cases(Peers peers, Device device)
    {
        foreach (var (clips, seconds) in ((int, int)[])[(8, 4), (1, 10)])
        {
            if (device.type == DeviceType.CPU) yield return BesidePython(peers, clips, seconds);
            else yield return BesideOurs(device, ScalarType.Float32, clips, seconds);
            yield return BesideOurs(device, ScalarType.BFloat16, clips, seconds);
        }
    }

    private static BenchCase BesidePython(Peers peers, int clips, int seconds)
    {
        var (waveforms, lengths) = Sounds(clips, seconds);
        var model = HubertModel.Random(HubertConfig.Base, seed: 1);
        var (installed, tuned) = (Blas("openblas-pthread", hugePages: false), Blas("openblas-openmp", hugePages: true));
        return new($"encode/hubert-base-{clips}x{seconds}s-fp32", () => BenchRunner.Time(1, () => model.Encode(waveforms, lengths).Dispose()))
        {
            Peers = [.. Torchaudio("as installed", threads: 0, installed), .. Torchaudio("with our levers", get_num_threads(), tuned)],
            Owned = [model, waveforms, lengths],
        };

        IReadOnlyList<(string, Func<double>)> Torchaudio(string how, int threads, Dictionary<string, string> environment) =>
            peers.Python($"torchaudio {how}", "encode_peer.py", [$"{threads}", $"{clips}", $"{seconds}"], environment);
    }

    // Beside the plain path: the CPU at full precision.
    private static BenchCase BesideOurs(Device device, ScalarType type, int clips, int seconds)
    {
        var (waveforms, lengths) = Sounds(clips, seconds);
        var plain = HubertModel.Random(HubertConfig.Base, seed: 1);
        var model = HubertModel.Random(HubertConfig.Base, seed: 1, device, type);
        var isHere = device.type == DeviceType.CPU;
        var name = $"encode/hubert-base-{clips}x{seconds}s-{(type == ScalarType.Float32 ? "fp32" : "bf16")}{BenchRunner.Suffix(device)}";
        return new(name, () => Encode(model))
        {
            Peers = [(isHere ? "ours at fp32" : "ours on the CPU at fp32", () => Encode(plain))],
            Note = () => $"cosine between pooled states, lowest over layers and clips: {LowestCosine(plain, model, waveforms, lengths):F5}",
            Owned = [plain, model, waveforms, lengths],
        };

        double Encode(HubertModel by) => BenchRunner.Time(1, () =>
        {
            by.Encode(waveforms, lengths).Dispose();
            if (!isHere) cuda.synchronize(); // the clock stops when the states have been computed, not when the work was handed over
        });
    }

    private static double LowestCosine(HubertModel plain, HubertModel other, Tensor waveforms, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        using var exact = plain.Encode(waveforms, lengths);
        using var rounded = other.Encode(waveforms, lengths);
        return exact.Layers.Zip(rounded.Layers, (one, two) => nn.functional.cosine_similarity(Pool(one), Pool(two), dim: 1).min().ToDouble()).Min();

        static Tensor Pool(Tensor states) => states.cpu().to(ScalarType.Float32).mean(new long[] { 1 });
    }

    private static (Tensor Waveforms, Tensor Lengths) Sounds(int clips, int seconds)
    {
        manual_seed(1);
        using var noise = randn(new long[] { clips, seconds * SampleRate });
        return (noise * 0.1f, full(new long[] { clips }, seconds * SampleRate, dtype: ScalarType.Int64));
    }

    // Which OpenBLAS the peer binds to, and whether glibc may give it huge pages.
    private static Dictionary<string, string> Blas(string flavour, bool hugePages)
    {
        var folders = Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, flavour)).Where(Directory.Exists);
        var environment = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = string.Join(':', folders) };
        if (hugePages) environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        return environment;
    }
}
