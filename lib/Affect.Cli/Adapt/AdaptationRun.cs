namespace Affect.Cli.Adapt;

/// <summary>Adapts, scores, and writes what came of it; in folds each brings its own settings, since layers are chosen without the clips that it judges.</summary>
/// <param name="data">What is adapted to.</param>
/// <param name="config">The settings; where folds bring their own, those that they have in common.</param>
/// <param name="configOf">A fold's settings; null: the same for all.</param>
/// <param name="folds">How many outer folds; 0: the corpus's own test part is judged.</param>
/// <param name="output">Where records go; null: nowhere.</param>
/// <param name="progress">Told of the work.</param>
internal sealed class AdaptationRun(AdaptationData data, AdaptationConfig config, Func<OuterFold, AdaptationConfig>? configOf, int folds, string? output, IProgress<WorkProgress> progress)
{
    private const string Modality = "acoustic";

    private readonly List<RunResult> results = [];
    private readonly List<string> foldsOwn = [];
    private readonly string fingerprint = data.Encoder.Fingerprint; // now, before anything is put into it

    internal string Go(int seed, CancellationToken cancel)
    {
        var seeded = Seeded(config, seed);
        var folder = output is null ? null : Path.Combine(output, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
        var text = new StringBuilder();
        var (clips, logits) = folds == 0 ? WholePart(seeded, folder, text, cancel) : Folds(seeded, folder, text, cancel);
        if (clips.Count == 0) return text.Append("There is no labelled test part to score on; --folds scores on folds instead.").ToString();
        var decisions = Decide(clips, logits);
        if (folder is not null) WriteClips(Path.Combine(folder, "clips.csv"), decisions);
        results.Add(new RunResult
        {
            Variant = Variant,
            Recipe = Recipe,
            Seed = seed,
            Trained = Modality,
            Present = Modality,
            Part = folds == 0 ? "test" : FormattableString.Invariant($"{folds} folds"),
            Ceiling = FusionRun.CeilingOf(data.Corpus, [Modality]),
            IsSynthetic = data.Corpus.IsSynthetic,
            Decisions = decisions,
        });
        return text.Append(CultureInfo.InvariantCulture, $"seed {seed}: {(folds == 0 ? "test" : "folds")} WAF {Decisions.Score([decisions])}, UAR {Decisions.Score([decisions], Metric.Uar)} on {clips.Count} clips; chance WAF {ChanceLevel.Of(decisions.Target, decisions.Classes.Count).Waf:F3}").ToString();
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
    private string Variant =>
        $"{(configOf is null ? config.Describe() : $"{(config.TunesAll ? config.Describe() : config.Method?.Method ?? "frozen encoder")}, layers chosen in every fold")}{(config.NormalisesSpeakers ? ", speakers normalised" : "")}{(config.WeighsClasses ? ", class weights" : "")}";

    private string Recipe => FormattableString.Invariant($"{Variant}; {data.Encoder.Name} {fingerprint}; {Seeded(config, 0).Recipe}; {config.Training}; {folds} folds; {data.MaximumSeconds} s");

    private (IReadOnlyList<int> Clips, IReadOnlyList<float[]> Logits) WholePart(AdaptationConfig seeded, string? folder, StringBuilder text, CancellationToken cancel)
    {
        using var result = AdapterTraining.Fit(data, seeded, runFolder: folder, progress: progress, cancel: cancel);
        Tell(result, text);
        if (folder is not null) result.Adapted.Save(Path.Combine(folder, "adapted"));
        return (data.Test, data.Test.Count == 0 ? [] : result.Read(data, data.Test).Logits);
    }

    private (IReadOnlyList<int> Clips, IReadOnlyList<float[]> Logits) Folds(AdaptationConfig seeded, string? folder, StringBuilder text, CancellationToken cancel)
    {
        var decided = new SortedDictionary<int, float[]>(); // by clip: seeds divide into folds of their own, and are compared clip by clip
        foreach (var fold in data.OuterFolds(folds, seeded.Seed))
        {
            var within = folder is null ? null : Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fold-{fold.Index + 1}"));
            var own = configOf?.Invoke(fold) ?? config;
            foldsOwn.Add(FormattableString.Invariant($"seed {seeded.Seed}, fold {fold.Index + 1}: {own.Describe()}, states from {own.FirstState}"));
            using var result = AdapterTraining.Fit(data, Seeded(own, seeded.Seed), fold.Train, fold.Choose, within, progress, cancel);
            if (fold.Index == 0) Tell(result, text);
            foreach (var (clip, logits) in fold.Held.Zip(result.Read(data, fold.Held).Logits)) decided[clip] = logits;
        }
        return ([.. decided.Keys], [.. decided.Values]);
    }

    private static AdaptationConfig Seeded(AdaptationConfig config, int seed) => config with { Seed = seed, Method = config.Method is null ? null : config.Method with { Seed = seed } };

    private Decisions Decide(IReadOnlyList<int> clips, IReadOnlyList<float[]> logits) => new(
        data.Corpus.Emotions,
        [.. clips.Select(clip => data.Sounds.Clips[clip].Id)],
        [.. clips.Select(clip => data.Sounds.Clips[clip].Speaker)],
        [.. clips.Select(clip => data.Labels[clip])],
        [.. logits.Select(Probabilities)]);

    private static double[] Probabilities(float[] logits)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. shares.Select(share => share / shares.Sum())];
    }

    private static void Tell(AdaptationResult result, StringBuilder text)
    {
        text.AppendLine(result.Config.Describe()).AppendLine(result.Count);
        var best = result.Labelled.Best;
        text.Append(CultureInfo.InvariantCulture, $"epoch {best.Epoch} of {result.Labelled.Epochs.Count} kept, inner WAF {best.Metrics["waf"]:F3}, loss {best.Loss:F3}; {result.Seconds:F1} s");
        if (result.Masked is { } masked) text.Append(CultureInfo.InvariantCulture, $"; masked reconstruction {masked.Epochs[0].Loss:F4} to {masked.Epochs[^1].Loss:F4}");
        text.AppendLine();
    }

    private static void WriteClips(string path, Decisions decisions)
    {
        var lines = decisions.Clips.Select((clip, place) => $"{Csv(clip)},{Csv(decisions.Speakers[place])},{Csv(decisions.Classes[decisions.Target[place]])},{Csv(decisions.Classes[decisions.Predicted[place]])}");
        AtomicFile.WriteText(path, "name,speaker,discrete,predicted\n" + string.Join("\n", lines) + "\n");
    }

    private static string Csv(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
