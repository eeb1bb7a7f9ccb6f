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
        var (model, plain) = (Model(CPU, ScalarType.Float32), Model(CPU, ScalarType.Float32, isPlain: true));
        var (installed, tuned) = (Blas("openblas-pthread", hugePages: false), Blas("openblas-openmp", hugePages: true));
        return new($"encode/hubert-base-{clips}x{seconds}s-fp32", () => Encode(model, waveforms, lengths))
        {
            Peers =
            [
                ("ours, layers as written", () => Encode(plain, waveforms, lengths)),
                .. Torchaudio("as installed", threads: 0, installed),
                .. Torchaudio("with our levers", get_num_threads(), tuned),
            ],
            Owned = [model, plain, waveforms, lengths],
        };

        IReadOnlyList<(string, Func<double>)> Torchaudio(string how, int threads, Dictionary<string, string> environment) =>
            peers.Python($"torchaudio {how}", "encode_peer.py", [$"{threads}", $"{clips}", $"{seconds}"], environment);
    }

    // Beside the CPU at full precision, and there beside its layers as they are written.
    private static BenchCase BesideOurs(Device device, ScalarType type, int clips, int seconds)
    {
        var (waveforms, lengths) = Sounds(clips, seconds);
        var (exact, model) = (Model(CPU, ScalarType.Float32, isPlain: true), Model(device, type));
        var plain = device.type == DeviceType.CPU ? Model(device, type, isPlain: true) : null;
        var name = $"encode/hubert-base-{clips}x{seconds}s-{(type == ScalarType.Float32 ? "fp32" : "bf16")}{BenchRunner.Suffix(device)}";
        return new(name, () => Encode(model, waveforms, lengths))
        {
            Peers = plain is null
                ? [("ours on the CPU at fp32", () => Encode(exact, waveforms, lengths))]
                : [("ours at fp32", () => Encode(exact, waveforms, lengths)), ("ours, layers as written", () => Encode(plain, waveforms, lengths))],
            Note = () => $"cosine between pooled states, lowest over layers and clips: {LowestCosine(exact, model, waveforms, lengths):F5}"
                + (plain is null ? "" : $"; layers as written: {LowestCosine(exact, plain, waveforms, lengths):F5}"),
            Owned = [exact, model, waveforms, lengths, .. plain is null ? (IDisposable[])[] : [plain]],
        };
    }

    private static HubertModel Model(Device device, ScalarType type, bool isPlain = false)
    {
        var model = HubertModel.Random(HubertConfig.Base, seed: 1, device, type);
        model.IsPlain = isPlain;
        return model;
    }

    private static double Encode(HubertModel model, Tensor waveforms, Tensor lengths) => BenchRunner.Time(1, () =>
    {
        using var states = model.Encode(waveforms, lengths);
        if (states.FrameLengths.device_type != DeviceType.CPU) cuda.synchronize(); // until the states have been computed, not the work handed over
    });

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
