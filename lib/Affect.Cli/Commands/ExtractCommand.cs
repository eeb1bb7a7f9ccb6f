namespace Affect.Cli.Commands;

/// <summary><c>lab extract</c>: a corpus's clips through an encoder into a feature store.</summary>
internal static class ExtractCommand
{
    private const int FailuresShown = 20;

    internal static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "A manifest (.csv), a folder with manifest.csv, or a plain folder emotion/speaker_clip.wav", Required = true };
        var encoder = new Option<string>("--encoder") { Description = EncoderChoice.Help, Required = true };
        var store = new Option<string>("--out") { Description = "The folder of the feature stores", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of a random encoder's weights", DefaultValueFactory = _ => 1 };
        var adapted = new Option<string?>("--adapted") { Description = "What 'lab adapt --out' wrote of the encoder (its folder 'adapted'): one vector a clip, as its head pools them; --pool and --layers have no say then" };
        var pool = new Option<string?>("--pool") { Description = "mean or mean+std over the frames; by default mean, for mfcc mean+std" };
        pool.AcceptOnlyFromAmong("mean", "mean+std");
        var layers = new Option<string>("--layers") { Description = "all, last, a layer (6) or a range (4..9); blocks above it are not run", DefaultValueFactory = _ => "all" };
        var precision = new Option<string>("--dtype") { Description = "float32 or bfloat16, in which the encoder computes", DefaultValueFactory = _ => "float32" };
        precision.AcceptOnlyFromAmong("float32", "bfloat16");
        var device = DeviceChoice.Option();
        var batch = new Option<double?>("--batch-seconds") { Description = "Sound encoded at once, padding included; by default 16, on cuda 240" };
        var longest = new Option<double>("--max-seconds") { Description = "Longer clips are encoded in equal pieces and pooled as one; 0: never", DefaultValueFactory = _ => 30 };
        var window = new Option<int>("--window") { Description = "Clips decoded and sorted by length together", DefaultValueFactory = _ => 64 };
        var shard = new Option<string>("--shard") { Description = "Which part of the corpus this process does, as in 1/4", DefaultValueFactory = _ => "1/1" };
        var workers = new Option<int?>("--decoders") { Description = "Clips decoded at once beside the encoder; by default one per core, at most 4" };
        var command = new Command("extract", "Encode a corpus into pooled features. Interrupted runs go on where they stopped.")
        {
            corpus, encoder, store, seed, adapted, pool, layers, precision, device, batch, longest, window, shard, workers,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var choice = new Laboratory().Find(parsed.GetRequiredValue(encoder), parsed.GetValue(seed));
                var where = DeviceChoice.Of(parsed.GetValue(device));
                var folder = parsed.GetValue(adapted);
                if (folder is not null) Alone(parsed.GetValue(pool) is not null, parsed.GetRequiredValue(layers) != "all");
                var config = new ExtractorConfig
                {
                    Pooling = folder is not null ? Pooling.Mean : parsed.GetValue(pool) switch { null => choice.Pooling, "mean" => Pooling.Mean, _ => Pooling.MeanAndDeviation },
                    Layers = LayerChoice.Parse(parsed.GetRequiredValue(layers)),
                    MaximumSeconds = parsed.GetValue(longest),
                    BatchSeconds = parsed.GetValue(batch) ?? (where.type == DeviceType.CUDA ? 240 : 16),
                    WindowClips = parsed.GetValue(window),
                    Shard = Shard.Parse(parsed.GetRequiredValue(shard)),
                };
                if (parsed.GetValue(workers) is { } count) config = config with { DecodeWorkers = count };
                var clips = CorpusWarnings.Open(parsed.GetRequiredValue(corpus), ct);
                var type = parsed.GetValue(precision) == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32;
                return Run(clips, choice, folder, where, type, config, parsed.GetRequiredValue(store), ct);
            },
            CancellationToken.None));
        return command;
    }

    private static void Alone(bool hasPooling, bool hasLayers)
    {
        if (hasPooling || hasLayers)
            throw new ArgumentException($"--adapted gives one vector a clip, pooled by its own head, so {(hasPooling ? "--pool" : "--layers")} must be left out beside it.", hasPooling ? "--pool" : "--layers");
    }

    private static int Run(Corpus corpus, EncoderChoice choice, string? adapted, Device device, ScalarType type, ExtractorConfig config, string root, CancellationToken ct)
    {
        using var encoder = choice.Open(device, type);
        using var vectors = adapted is null ? null : ClipVectorEncoder.Load(
            encoder as HubertModel ?? throw new ArgumentException($"--encoder must be the HuBERT that was adapted, but {encoder.Name} is none.", nameof(choice)), adapted);
        if (choice.Note is { } note) Console.Error.WriteLine(note);
        ExtractionReport report;
        using (var progress = new ConsoleProgress()) report = Extractor.Of(vectors ?? encoder, new Ffmpeg(), config).Run(corpus, root, progress, ct);
        Show(report, config.Shard);
        return report.Failures.Count > 0 ? 1 : 0;
    }

    private static void Show(ExtractionReport report, Shard shard)
    {
        var recipe = report.Store.Recipe;
        var seconds = Math.Max(report.Elapsed.TotalSeconds, 1e-3);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Store.Folder}: {report.Found + report.Encoded} of {report.Clips} clips, {recipe.Layers} {(recipe.Layers == 1 ? "layer" : "layers")} of {recipe.Dims} numbers"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"encoded {report.Encoded} now ({report.AudioSeconds:0.#} s of sound) in {seconds:0.0} s: {report.Encoded / seconds:0.0} clips/s, {report.AudioSeconds / seconds:0.0} s of sound/s; found {report.Found}; peak memory {self.PeakWorkingSet64 / 1e6:0} MB"));
        if (report.Failures.Count == 0) return;
        Console.Error.WriteLine($"{report.Failures.Count} of {report.Clips} clips gave no features ({report.Store.FailuresPath(shard)}):");
        foreach (var failure in report.Failures.Take(FailuresShown)) Console.Error.WriteLine($"  {Printable(failure.ClipId)}: {Printable(failure.Reason)}");
        if (report.Failures.Count > FailuresShown) Console.Error.WriteLine($"  and {report.Failures.Count - FailuresShown} more");
    }

    // Ids are data: what would move the cursor or break the line is shown as a mark.
    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
