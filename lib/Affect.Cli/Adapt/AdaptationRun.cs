using System.Globalization;
using System.Text;
using Affect.Evaluation;
using Affect.Training.Adaptation;

namespace Affect.Cli.Adapt;

/// <summary>Adapts, scores, and writes what came of it.</summary>
internal sealed class AdaptationRun(AdaptationData data, AdaptationConfig config, int folds, string? output, IProgress<WorkProgress> progress)
{
    internal string Go(int seed, CancellationToken cancel)
    {
        var seeded = config with { Seed = seed, Method = config.Method is null ? null : config.Method with { Seed = seed } };
        var folder = output is null ? null : Path.Combine(output, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
        var text = new StringBuilder();
        var (clips, decided) = folds == 0 ? WholePart(seeded, folder, text, cancel) : Folds(seeded, folder, text, cancel);
        if (clips.Count == 0) return text.Append("There is no labelled test part to score on; --folds scores on folds instead.").ToString();
        int[] targets = [.. clips.Select(clip => data.Labels[clip])];
        var classes = data.Corpus.Emotions.Count;
        var bootstrap = new SpeakerBootstrap([.. clips.Select(clip => data.Sounds.Clips[clip].Speaker)]);
        if (folder is not null) WriteClips(Path.Combine(folder, "clips.csv"), clips, decided);
        return text.Append(CultureInfo.InvariantCulture, $"seed {seed}: {(folds == 0 ? "test" : "folds")} WAF {bootstrap.Of(targets, decided, classes, Metric.Waf)}, UAR {bootstrap.Of(targets, decided, classes, Metric.Uar)} on {clips.Count} clips; chance WAF {ChanceLevel.Of(targets, classes).Waf:F3}").ToString();
    }

    private (IReadOnlyList<int> Clips, IReadOnlyList<int> Decided) WholePart(AdaptationConfig seeded, string? folder, StringBuilder text, CancellationToken cancel)
    {
        using var result = AdapterTraining.Run(data, seeded, runFolder: folder, progress: progress, cancel: cancel);
        Tell(result, text);
        if (folder is not null) result.Adapted.Save(Path.Combine(folder, "adapted"));
        return (data.Test, data.Test.Count == 0 ? [] : result.Read(data, data.Test).Predicted);
    }

    private (IReadOnlyList<int> Clips, IReadOnlyList<int> Decided) Folds(AdaptationConfig seeded, string? folder, StringBuilder text, CancellationToken cancel)
    {
        var places = Enumerable.Range(0, data.Sounds.Clips.Count).ToDictionary(clip => data.Sounds.Clips[clip].Id, clip => clip, StringComparer.Ordinal);
        var (clips, decided) = (new List<int>(), new List<int>());
        foreach (var fold in data.Corpus.Where(clip => places.ContainsKey(clip.Id)).Folds(folds, seeded.Seed))
        {
            var corpus = data.Corpus.Where(clip => places.ContainsKey(clip.Id)).Clips;
            int[] held = [.. fold.Held.Select(index => places[corpus[index].Id])];
            int[] train = [.. fold.Train.Select(index => places[corpus[index].Id])];
            var within = folder is null ? null : Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fold-{fold.Index + 1}"));
            using var result = AdapterTraining.Run(data, seeded, train, within, progress, cancel);
            if (fold.Index == 0) Tell(result, text);
            clips.AddRange(held);
            decided.AddRange(result.Read(data, held).Predicted);
        }
        return (clips, decided);
    }

    private static void Tell(AdaptationResult result, StringBuilder text)
    {
        text.AppendLine(result.Config.Describe()).AppendLine(result.Count);
        var best = result.Labelled.Best;
        text.Append(CultureInfo.InvariantCulture, $"epoch {best.Epoch} of {result.Labelled.Epochs.Count} kept, inner WAF {best.Metrics["waf"]:F3}, loss {best.Loss:F3}; {result.Seconds:F1} s");
        if (result.Masked is { } masked) text.Append(CultureInfo.InvariantCulture, $"; masked reconstruction {masked.Epochs[0].Loss:F4} to {masked.Epochs[^1].Loss:F4}");
        text.AppendLine();
    }

    private void WriteClips(string path, IReadOnlyList<int> clips, IReadOnlyList<int> decided)
    {
        var lines = clips.Select((clip, place) => $"{Csv(data.Sounds.Clips[clip].Id)},{Csv(data.Sounds.Clips[clip].Speaker)},{Csv(data.Corpus.Emotions[data.Labels[clip]])},{Csv(data.Corpus.Emotions[decided[place]])}");
        AtomicFile.WriteText(path, "name,speaker,discrete,predicted\n" + string.Join("\n", lines) + "\n");
    }

    private static string Csv(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
