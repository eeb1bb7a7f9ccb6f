namespace Affect.Cli.Commands;

/// <summary><c>lab probe</c>: how well emotion is read from each layer of extracted features.</summary>
internal static class ProbeCommand
{
    private const int DefaultWidth = 6;

    internal static Command Create()
    {
        var command = new LabCommand("probe", "Probe every layer of extracted features for emotion, on speakers that were not heard.");
        var store = command.File("features", "The store that 'lab extract' or 'lab frames' wrote");
        var corpus = new CorpusOptions(command, mayBeMimic: false);
        var folds = command.Folds();
        var seed = command.Standard("--seed", 1, "Seed of the folds and of the intervals' draws");
        var width = command.Optional<int?>("--width", $"Neighbouring layers to choose; by default {DefaultWidth}, or half of a smaller encoder's");
        var criterion = command.Criterion("C and the range are chosen");
        var penalties = command.Several(
            "--penalties", "Values of C to choose from, ascending (small: strong penalty)", [.. new ProbeConfig().Penalties]);
        var normalise = command.NormalisesSpeakers("features");
        var sum = command.Standard("--weighted-sum", true, "Train the learned weighted sum of all layers as well");
        var label = command.Optional<string?>("--label", "A manifest column to read instead of the emotion, as face_expresses in Mimic");
        var device = command.Device();
        var file = command.Optional<string?>("--out", "Write the curve to this JSON file");
        var json = command.Optional<bool>("--json", "Print the curve as JSON instead of a table");
        return command.RunsLong(given =>
        {
            var config = new ProbeConfig
            {
                Criterion = given.Of(criterion),
                Seed = given.Of(seed),
                NormaliseBySpeaker = given.Has(normalise),
                WeightedSum = given.Of(sum),
                Penalties = given.Of(penalties),
            };
            var clips = corpus.Open(given);
            if (given.Of(label) is { } column) clips = Relabel(clips, column, label);
            // Who is left may be of any part: the parts were the adapter's.
            var opened = FeatureStore.Open(given.Of(store));
            var left = LearnedFrom.LeaveOut(opened, clips, clip => clip.Emotion is not null && clip.Split != SplitNames.Unlabelled);
            if (left != clips) clips = left.Labelled();
            var (features, encoder) = Read(opened, clips, given.Cancel);
            var task = ProbeTask.Of(features, clips, clips.Folds(given.Of(folds), config.Seed));
            var candidates = Enumerable.Range(task.Features.FirstLayer, task.Features.Layers).Count(layer => layer > 0);
            // Before the work, not after it.
            if (given.Of(width) is { } asked && (asked < 1 || asked >= candidates))
            {
                throw Given.Wrong(width, $"must be between 1 and {candidates - 1}, so that a layer remains to compare with, but is {asked}: "
                    + $"the features have {candidates} layers above the input.");
            }
            if (task.Missing.Count > 0)
            {
                var named = string.Join(", ", task.Missing.Take(5)) + (task.Missing.Count > 5 ? " ..." : "");
                Say.Note($"{task.Missing.Count} clips have no features and are left out: {named}");
            }
            if (config.NormaliseBySpeaker) CorpusWarnings.TellAlone(task.Speakers);
            var curve = LayerProbe.Run(task, config, device: given.Of(device), progress: given.Progress, cancel: given.Cancel) with { Encoder = encoder };
            given.Progress.Dispose();
            var chosen = given.Of(width) ?? Math.Min(DefaultWidth, candidates / 2);
            if (chosen >= 1 && chosen < candidates) curve = curve with { Range = curve.BestRange(chosen, config.Criterion) };
            if (given.Of(file) is { } output) curve.Save(output);
            if (given.Of(json)) Say.Result($"{curve.ToJson()}");
            else LayerCurveText.Show(curve);
            return 0;
        });
    }

    // Frame sequences are pooled here: mean and deviation over time.
    private static (FeatureTable Features, string Encoder) Read(FeatureStore store, Corpus corpus, CancellationToken cancel)
    {
        if (store.Recipe.KeepsFrames)
            return (store.ReadFrames(corpus, cancel).Table.Pool(Pooling.MeanAndDeviation), $"{store.Recipe.Encoder}, mean and deviation over pictures");
        var pooling = store.Recipe.Pooling switch
        {
            Pooling.Mean => "mean over time",
            Pooling.MeanAndDeviation => "mean and deviation over time",
            var other => $"{other}",
        };
        return (store.Read(corpus, cancel).Table, $"{store.Recipe.Encoder}, {pooling}");
    }

    private static Corpus Relabel(Corpus corpus, string column, Option option)
    {
        if (!corpus.Clips.Any(clip => clip.Extras.ContainsKey(column)))
        {
            var known = string.Join(", ", corpus.Clips.SelectMany(clip => clip.Extras.Keys).Distinct());
            throw Given.Wrong(option, $"must be a column of the manifest, but {corpus.Name} has no '{column}'; it has {known}.");
        }
        var clips = corpus.Clips.Select(clip => clip with { Emotion = clip.Emotion is null ? null : clip.Extras.GetValueOrDefault(column) }).ToList();
        var classes = EmotionSet.Of(clips.Select(clip => clip.Emotion).OfType<string>());
        return new Corpus(corpus.Name, corpus.Root, classes, clips, corpus.IsSynthetic, corpus.Warnings);
    }
}
