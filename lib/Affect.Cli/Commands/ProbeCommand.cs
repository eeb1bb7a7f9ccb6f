namespace Affect.Cli.Commands;

/// <summary><c>lab probe</c>: how well emotion is read from each layer of extracted features.</summary>
internal static class ProbeCommand
{
    private const int DefaultWidth = 6;

    internal static Command Create()
    {
        var store = new Argument<string>("features") { Description = "The store that 'lab extract' or 'lab frames' wrote" };
        var corpus = new Option<string>("--corpus") { Description = "The corpus that was extracted: a manifest (.csv), a folder with manifest.csv, or a plain folder", Required = true };
        var folds = new Option<int>("--folds") { Description = "Speaker-disjoint folds", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "Seed of the folds and of the intervals' draws", DefaultValueFactory = _ => 1 };
        var width = new Option<int?>("--width") { Description = $"How many neighbouring layers to choose; by default {DefaultWidth}, or half of a smaller encoder's" };
        var criterion = new Option<string>("--criterion") { Description = "What C and the range are chosen by: waf, uar or accuracy", DefaultValueFactory = _ => "waf" };
        criterion.AcceptOnlyFromAmong("waf", "uar", "accuracy");
        var penalties = new Option<double[]>("--penalties") { Description = "The values of C to choose from, ascending (small: strong penalty); by default 0.001 0.01 0.1 1 10", AllowMultipleArgumentsPerToken = true };
        var normalise = new Option<string?>("--normalise") { Description = "speaker: bring each speaker's features to mean 0 and deviation 1 first (uses all clips of a speaker, no labels)" };
        normalise.AcceptOnlyFromAmong("speaker");
        var sum = new Option<bool>("--weighted-sum") { Description = "Train the learned weighted sum of all layers as well", DefaultValueFactory = _ => true };
        var label = new Option<string?>("--label") { Description = "A manifest column to read instead of the emotion, as face_expresses in Mimic" };
        var device = DeviceChoice.Option();
        var file = new Option<string?>("--out") { Description = "Write the curve to this JSON file" };
        var json = new Option<bool>("--json") { Description = "Print the curve as JSON instead of a table" };
        var command = new Command("probe", "Probe every layer of extracted features for emotion, on speakers that were not heard.")
        {
            store, corpus, folds, seed, width, criterion, penalties, normalise, sum, label, device, file, json,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var config = new ProbeConfig
                {
                    Criterion = parsed.GetValue(criterion) switch { "uar" => Metric.Uar, "accuracy" => Metric.Accuracy, _ => Metric.Waf },
                    Seed = parsed.GetValue(seed),
                    NormaliseBySpeaker = parsed.GetValue(normalise) is not null,
                    WeightedSum = parsed.GetValue(sum),
                };
                if (parsed.GetValue(penalties) is { Length: > 0 } values) config = config with { Penalties = values };
                var clips = CorpusWarnings.Open(parsed.GetRequiredValue(corpus), ct);
                if (parsed.GetValue(label) is { } column) clips = Relabel(clips, column);
                var curve = Probe(parsed.GetRequiredValue(store), clips, parsed.GetValue(folds), config, parsed.GetValue(width), DeviceChoice.Of(parsed.GetValue(device)), ct);
                if (parsed.GetValue(file) is { } path) curve.Save(path);
                Console.WriteLine(parsed.GetValue(json) ? curve.ToJson() : LayerCurveText.Of(curve));
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    // A width of null is the default.
    private static LayerCurve Probe(string path, Corpus corpus, int folds, ProbeConfig config, int? width, Device device, CancellationToken ct)
    {
        // Who is left may be of any part: the parts were the adapter's.
        var store = FeatureStore.Open(path);
        if (LearnedFrom.LeaveOut(store, corpus, clip => clip.Emotion is not null && clip.Split != SplitNames.Unlabelled) is var left && left != corpus) corpus = left.Labelled();
        var (features, encoder) = Read(store, corpus, ct);
        var task = ProbeTask.Of(features, corpus, corpus.Folds(folds, config.Seed));
        var candidates = Enumerable.Range(task.Features.FirstLayer, task.Features.Layers).Count(layer => layer > 0);
        // Before the work, not after it.
        if (width is { } asked && (asked < 1 || asked >= candidates))
            throw new ArgumentException($"--width must be between 1 and {candidates - 1}, so that a layer remains to compare with, but is {asked}: the features have {candidates} layers above the input.", nameof(width));
        if (task.Missing.Count > 0)
            Console.Error.WriteLine($"{task.Missing.Count} clips have no features and are left out: {string.Join(", ", task.Missing.Take(5))}{(task.Missing.Count > 5 ? " ..." : "")}");
        if (config.NormaliseBySpeaker) CorpusWarnings.TellAlone(task.Speakers);
        using var progress = new ConsoleProgress();
        var curve = LayerProbe.Run(task, config, device: device, progress: progress, cancel: ct) with { Encoder = encoder };
        var chosen = width ?? Math.Min(DefaultWidth, candidates / 2);
        return chosen >= 1 && chosen < candidates ? curve with { Range = curve.BestRange(chosen, config.Criterion) } : curve;
    }

    // Frame sequences are pooled here: mean and deviation over time.
    private static (FeatureTable Features, string Encoder) Read(FeatureStore store, Corpus corpus, CancellationToken ct)
    {
        return store.Recipe.KeepsFrames
            ? (store.ReadFrames(corpus, ct).Table.Pool(Pooling.MeanAndDeviation), $"{store.Recipe.Encoder}, mean and deviation over pictures")
            : (store.Read(corpus, ct).Table, Describe(store.Recipe));
    }

    private static Corpus Relabel(Corpus corpus, string column)
    {
        if (!corpus.Clips.Any(clip => clip.Extras.ContainsKey(column)))
            throw new ArgumentException($"--label must be a column of the manifest, but {corpus.Name} has no '{column}'; it has {string.Join(", ", corpus.Clips.SelectMany(clip => clip.Extras.Keys).Distinct())}.", nameof(column));
        var clips = corpus.Clips.Select(clip => clip with { Emotion = clip.Emotion is null ? null : clip.Extras.GetValueOrDefault(column) }).ToList();
        return new Corpus(corpus.Name, corpus.Root, EmotionSet.Of(clips.Where(clip => clip.Emotion is not null).Select(clip => clip.Emotion!)), clips, corpus.IsSynthetic, corpus.Warnings);
    }

    private static string Describe(FeatureRecipe recipe) => recipe.Pooling switch
    {
        Pooling.Mean => $"{recipe.Encoder}, mean over time",
        Pooling.MeanAndDeviation => $"{recipe.Encoder}, mean and deviation over time",
        var other => string.Create(CultureInfo.InvariantCulture, $"{recipe.Encoder}, {other}"),
    };
}
