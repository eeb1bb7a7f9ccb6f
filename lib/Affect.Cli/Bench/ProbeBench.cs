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
        string[] sizes = [Say.Text($"{Layers}"), Say.Text($"{Dims}"), .. config.Penalties.Select(penalty => Say.Text($"{penalty}"))];
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
        if (!File.Exists(path)) return Say.Text($"{Layers} layers, {Folds} folds, {ours[0].Count} penalties");
        var theirs = JsonSerializer.Deserialize<double[][]>(File.ReadAllText(path))!;
        var differences = ours.SelectMany((layer, l) => layer.Select((score, p) => Math.Abs(score.Waf - theirs[l][p]))).ToArray();
        var same = differences.Count(difference => difference < 1e-9);
        return Say.Text($"pooled WAF is scikit-learn's in {same} of {differences.Length} probes, at most {differences.Max():F4} away");
    }

    // Hidden states, in what makes them hard for a solver: a few directions hold most of the variance, speakers differ, some layers know
    // the emotion better than others.
    private static ProbeTask Task()
    {
        const int latents = 256;
        var random = new SeededRandom(1, "probe bench");
        int[] labels = [.. Enumerable.Range(0, Clips).Select(_ => random.Below(Emotions))];
        var voices = Normals(random, Folds * Voice);
        var classes = Normals(random, Emotions * Voice);
        var common = Normals(random, Clips * latents);
        var values = new float[Clips * Layers * Dims];
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < Layers; layer++)
        {
            var knows = 0.6 * Math.Exp(-Math.Pow((layer - 8) / 3.0, 2));
            var state = new float[Clips * latents];
            for (var clip = 0; clip < Clips; clip++)
            {
                for (var k = 0; k < latents; k++)
                {
                    var value = common[clip * latents + k] + 0.3 * random.Normal();
                    if (k < Voice) value += 0.5 * voices[FoldOf(clip) * Voice + k];
                    if (k is >= 8 and < 8 + Voice) value += knows * classes[labels[clip] * Voice + k - 8];
                    state[clip * latents + k] = (float)(value * Math.Pow(k + 1, -0.7));
                }
            }
            using var inner = NewDisposeScope();
            var mixing = tensor(Normals(random, latents * Dims), new long[] { latents, Dims });
            var mixed = tensor(state, new long[] { Clips, latents }).mm(mixing).data<float>().ToArray();
            for (var clip = 0; clip < Clips; clip++)
                for (var dim = 0; dim < Dims; dim++)
                    values[(clip * Layers + layer) * Dims + dim] = (float)(0.3 * mixed[clip * Dims + dim] + 0.05 * random.Normal());
        }
        var folds = Enumerable.Range(0, Folds).Select(fold => new Fold
        {
            Index = fold,
            Train = [.. Enumerable.Range(0, Clips).Where(clip => FoldOf(clip) != fold)],
            Held = [.. Enumerable.Range(0, Clips).Where(clip => FoldOf(clip) == fold)],
        });
        string[] ids = [.. Enumerable.Range(0, Clips).Select(clip => $"clip {clip}")];
        string[] speakers = [.. Enumerable.Range(0, Clips).Select(clip => $"speaker {FoldOf(clip)}")];
        return new ProbeTask(new FeatureTable(ids, values, Layers, Dims), labels, speakers, [.. folds], EmotionSet.Mer2024);
    }

    private static int FoldOf(int clip) => clip % Folds;

    private static float[] Normals(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Normal())];

    private sealed class TemporaryFolder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("affect-bench").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
