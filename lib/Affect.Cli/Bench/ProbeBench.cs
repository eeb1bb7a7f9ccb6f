namespace Affect.Cli.Bench;

/// <summary>A layer curve's probes, all layers × folds × penalties, beside a loop over scikit-learn on the same features.</summary>
internal static class ProbeBench
{
    private const int Clips = 530;
    private const int Layers = 13;
    private const int Dims = 768;
    private const int Folds = 5;
    private const int Emotions = 6;
    private const int Voice = 64;

    internal static IEnumerable<BenchCase> Cases(Peers peers)
    {
        var config = new ProbeConfig { Penalties = [0.001, 0.01, 0.1, 1, 10] };
        var task = Task();
        var folder = new TemporaryFolder();
        WriteArray(task.Features.Values.AsSpan(), "features.f32");
        WriteArray<int>([.. task.Labels], "labels.i32");
        WriteArray<int>([.. Enumerable.Range(0, Clips).Select(FoldOf)], "folds.i32");
        IReadOnlyList<IReadOnlyList<PenaltyScore>> ours = [];
        string[] sizes = [$"{Layers}", $"{Dims}", .. config.Penalties.Select(penalty => $"{penalty}")];
        yield return new("probe/530x13x768", () => BenchRunner.Time(1, () => ours = LayerProbe.Grid(task, config)))
        {
            Peers = peers.Python("scikit-learn", "probe_peer.py", [folder.Path, .. sizes]),
            Note = () => Compare(ours, Path.Combine(folder.Path, "waf.json")),
            Owned = [folder],
        };

        void WriteArray<T>(ReadOnlySpan<T> values, string name)
            where T : struct => File.WriteAllBytes(Path.Combine(folder.Path, name), MemoryMarshal.AsBytes(values).ToArray());
    }

    // Speed is worth nothing if the answers differ.
    private static string Compare(IReadOnlyList<IReadOnlyList<PenaltyScore>> ours, string path)
    {
        if (!File.Exists(path)) return $"{Layers} layers, {Folds} folds, {ours[0].Count} penalties";
        var theirs = JsonSerializer.Deserialize<double[][]>(File.ReadAllText(path))!;
        var differences = ours.SelectMany((layer, l) => layer.Select((score, p) => Math.Abs(score.Waf - theirs[l][p]))).ToArray();
        var same = differences.Count(difference => difference < 1e-9);
        return $"pooled WAF is scikit-learn's in {same} of {differences.Length} probes, at most {differences.Max():F4} away";
    }

    // Hidden states, in what makes them hard for a solver: a few directions hold most of the variance, speakers differ, some layers know
    // the emotion better than others.
    private static ProbeTask Task()
    {
        const int latents = 256;
        manual_seed(1);
        using var scope = NewDisposeScope();
        var (labels, speakers) = (randint(Emotions, new long[] { Clips }), arange(Clips) % Folds);
        var (voices, classes, common) = (Normal(Folds, Voice)[speakers], Normal(Emotions, Voice)[labels], Normal(Clips, latents));
        var fading = arange(1, latents + 1).to(ScalarType.Float32).pow(-0.7);
        var layers = Enumerable.Range(0, Layers).Select(layer =>
        {
            var knows = 0.6 * Math.Exp(-Math.Pow((layer - 8) / 3.0, 2));
            var state = common + 0.3 * Normal(Clips, latents);
            state[.., ..Voice] += 0.5 * voices;
            state[.., 8..(8 + Voice)] += knows * classes;
            return 0.3 * (state * fading).mm(Normal(latents, Dims)) + 0.05 * Normal(Clips, Dims);
        });
        var values = stack([.. layers], dim: 1).flatten().data<float>().ToArray();
        var folds = Enumerable.Range(0, Folds).Select(fold => new Fold
        {
            Index = fold,
            Train = [.. Enumerable.Range(0, Clips).Where(clip => FoldOf(clip) != fold)],
            Held = [.. Enumerable.Range(0, Clips).Where(clip => FoldOf(clip) == fold)],
        });
        string[] ids = [.. Enumerable.Range(0, Clips).Select(clip => $"clip {clip}")];
        string[] people = [.. Enumerable.Range(0, Clips).Select(clip => $"speaker {FoldOf(clip)}")];
        int[] emotions = [.. labels.data<long>().Select(label => (int)label)];
        return new ProbeTask(new FeatureTable(ids, values, Layers, Dims), emotions, people, [.. folds], EmotionSet.Mer2024);

        static Tensor Normal(long rows, long columns) => randn(new long[] { rows, columns });
    }

    private static int FoldOf(int clip) => clip % Folds;

    private sealed class TemporaryFolder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("affect-bench").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
