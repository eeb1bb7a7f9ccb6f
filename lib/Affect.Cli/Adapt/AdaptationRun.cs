namespace Affect.Cli.Adapt;

/// <summary>
/// Adapts, scores, and writes what came of it; in folds each brings its own settings, since layers are chosen without the clips that it judges.
/// </summary>
/// <param name="data">What is adapted to.</param>
/// <param name="config">The settings; where folds bring their own, those that they have in common.</param>
/// <param name="configOf">A fold's settings; null: the same for all.</param>
/// <param name="folds">How many outer folds; 0: the corpus's own test part is judged.</param>
/// <param name="output">Where records go; null: nowhere.</param>
/// <param name="progress">Receives progress.</param>
internal sealed class AdaptationRun(
    AdaptationData data,
    AdaptationConfig config,
    Func<OuterFold, AdaptationConfig>? configOf,
    int folds,
    string? output,
    IProgress<WorkProgress> progress)
{
    private const string Modality = "acoustic";

    private readonly List<RunResult> results = [];
    private readonly List<string> foldsOwn = [];
    private readonly string fingerprint = data.Encoder.Fingerprint; // now, before anything is put into it

    /// <summary>Adapts by one seed, and says what it scores.</summary>
    internal void Go(int seed, CancellationToken cancel)
    {
        var folder = output is null ? null : Path.Combine(output, $"seed-{seed}");
        var judged = new SortedDictionary<int, float[]>(); // by clip: seeds divide into folds of their own, and are compared clip by clip
        if (folds == 0) WholePart(Seeded(config, seed), folder, judged, cancel);
        else Folds(seed, folder, judged, cancel);
        if (judged.Count == 0)
        {
            Say.Result("There is no labelled test part to score on; --folds scores on folds instead.");
            return;
        }
        var clips = judged.Keys;
        var decisions = new Decisions(
            data.Corpus.Emotions,
            [.. clips.Select(clip => data.Sounds.Clips[clip].Id)],
            [.. clips.Select(clip => data.Sounds.Clips[clip].Speaker)],
            [.. clips.Select(clip => data.Labels[clip])],
            [.. judged.Values.Select(Probabilities)]);
        if (folder is not null) WriteClips(Path.Combine(folder, "clips.csv"), decisions);
        results.Add(new RunResult
        {
            Variant = Variant,
            Recipe = Recipe,
            Seed = seed,
            Trained = Modality,
            Present = Modality,
            Part = folds == 0 ? "test" : $"{folds} folds",
            Ceiling = FusionRun.CeilingOf(data.Corpus, [Modality]),
            IsSynthetic = data.Corpus.IsSynthetic,
            Decisions = decisions,
        });
        var (waf, uar) = (Decisions.Score([decisions]), Decisions.Score([decisions], Metric.Uar));
        var chance = ChanceLevel.Of(decisions.Target, decisions.Classes.Count).Waf;
        Say.Result($"seed {seed}: {(folds == 0 ? "test" : "folds")} WAF {waf}, UAR {uar} on {clips.Count} clips; chance WAF {chance:F3}");
    }

    /// <summary>Keeps all seeds' decisions where <c>lab report</c> compares runs by them.</summary>
    internal void Record(object settings)
    {
        if (output is null || results.Count == 0) return;
        using var log = RunLog.Open(output);
        log.Clear();
        log.Start($"Adapting {data.Encoder.Name} to {data.Corpus.Name}: {Variant}", new { Settings = settings, Config = Recipe, Folds = foldsOwn });
        foreach (var result in results) log.WriteResult(result);
        log.Write("end", new { Results = results.Count });
    }

    // Layers that folds choose differ from fold to fold and from seed to seed: the rule by which they are chosen is the variant.
    private string Variant
    {
        get
        {
            var method = config.TunesAll ? config.Describe() : config.Method?.Method ?? "frozen encoder";
            var told = configOf is null ? config.Describe() : $"{method}, layers chosen in every fold";
            return $"{told}{(config.NormalisesSpeakers ? ", speakers normalised" : "")}{(config.WeighsClasses ? ", class weights" : "")}";
        }
    }

    private string Recipe =>
        $"{Variant}; {data.Encoder.Name} {fingerprint}; {Seeded(config, 0).Recipe}; {config.Training}; {folds} folds; {data.MaximumSeconds} s";

    private void WholePart(AdaptationConfig seeded, string? folder, SortedDictionary<int, float[]> judged, CancellationToken cancel)
    {
        using var result = AdapterTraining.Fit(data, seeded, runFolder: folder, progress: progress, cancel: cancel);
        Tell(result);
        if (folder is not null) result.Adapted.Save(Path.Combine(folder, "adapted"));
        if (data.Test.Count > 0) Judge(result, data.Test, judged);
    }

    private void Folds(int seed, string? folder, SortedDictionary<int, float[]> judged, CancellationToken cancel)
    {
        foreach (var fold in data.OuterFolds(folds, seed))
        {
            var within = folder is null ? null : Path.Combine(folder, $"fold-{fold.Index + 1}");
            var own = configOf?.Invoke(fold) ?? config;
            foldsOwn.Add($"seed {seed}, fold {fold.Index + 1}: {own.Describe()}, states from {own.FirstState}");
            using var result = AdapterTraining.Fit(data, Seeded(own, seed), fold.Train, fold.Choose, within, progress, cancel);
            if (fold.Index == 0) Tell(result);
            Judge(result, fold.Held, judged);
        }
    }

    private void Judge(AdaptationResult result, IReadOnlyList<int> clips, SortedDictionary<int, float[]> judged)
    {
        foreach (var (clip, logits) in clips.Zip(result.Read(data, clips).Logits)) judged[clip] = logits;
    }

    private static AdaptationConfig Seeded(AdaptationConfig config, int seed) =>
        config with { Seed = seed, Method = config.Method is null ? null : config.Method with { Seed = seed } };

    private static double[] Probabilities(float[] logits)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. shares.Select(share => share / shares.Sum())];
    }

    private static void Tell(AdaptationResult result)
    {
        var best = result.Labelled.Best;
        var masked = result.Masked is { } phase ? $"; masked reconstruction {phase.Epochs[0].Loss:F4} to {phase.Epochs[^1].Loss:F4}" : "";
        Say.Result($"{result.Config.Describe()}");
        Say.Result($"{result.Count}");
        Say.Result($"epoch {best.Epoch} of {result.Labelled.Epochs.Count} kept, inner WAF {best.Metrics["waf"]:F3}, loss {best.Loss:F3}; "
            + $"{result.Seconds:F1} s{masked}");
    }

    private static void WriteClips(string path, Decisions decisions)
    {
        string Class(int place) => Csv(decisions.Classes[place]);
        var lines = decisions.Clips.Select((clip, place) =>
            $"{Csv(clip)},{Csv(decisions.Speakers[place])},{Class(decisions.Target[place])},{Class(decisions.Predicted[place])}\n");
        AtomicFile.WriteText(path, $"name,speaker,discrete,predicted\n{string.Concat(lines)}");
    }

    private static string Csv(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
