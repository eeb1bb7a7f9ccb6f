namespace Affect.Cli.Commands;

/// <summary><c>lab extract</c>: a corpus's clips through an encoder into a feature store.</summary>
internal static class ExtractCommand
{
    internal static Command Create()
    {
        var command = new LabCommand("extract", "Encode a corpus into pooled features. Interrupted runs go on where they stopped.");
        var corpus = new CorpusOptions(command, mayBeMimic: false);
        var encoder = command.Required<string>("--encoder", EncoderChoice.Help);
        var store = command.Required<string>("--out", "The folder of the feature stores");
        var seed = command.Standard("--seed", 1, "Seed of a random encoder's weights");
        var adapted = command.Optional<string?>(
            "--adapted", "What 'lab adapt --out' wrote of the encoder (its folder 'adapted'): one vector a clip, as its head pools");
        var pool = command.Choice<Pooling?>(
            "--pool", null, "mean or mean+std over the frames; by default mean, for mfcc mean+std",
            ("mean", Pooling.Mean), ("mean+std", Pooling.MeanAndDeviation));
        var layers = command.Standard("--layers", "all", "all, last, a layer (6) or a range (4..9); blocks above it are not run");
        var precision = command.Precision();
        var device = command.Device();
        var batch = command.Optional<double?>("--batch-seconds", "Sound encoded at once, padding included; by default 16, on cuda 240");
        var longest = command.Standard("--max-seconds", 30.0, "Longer clips are encoded in equal pieces and pooled as one; 0: never");
        var window = command.Standard("--window", 64, "Clips decoded and sorted by length together");
        var shard = command.Standard("--shard", "1/1", "Which part of the corpus this process does, as in 1/4");
        var workers = command.Optional<int?>("--decoders", "Clips decoded at once beside the encoder; by default one per core, at most 4");
        return command.RunsLong(given =>
        {
            var choice = new Laboratory().Find(given.Of(encoder), given.Of(seed));
            var where = given.Of(device);
            var folder = given.Of(adapted);
            var surplus = given.Of(pool) is not null ? pool.Name : given.Of(layers) != "all" ? layers.Name : null;
            if (folder is not null && surplus is not null)
                throw Given.Wrong(adapted, $"gives one vector a clip, pooled by its own head, so {surplus} must be left out beside it.");
            var usual = new ExtractorConfig();
            var config = usual with
            {
                Pooling = folder is not null ? Pooling.Mean : given.Of(pool) ?? choice.Pooling,
                Layers = LayerChoice.Parse(given.Of(layers)),
                MaximumSeconds = given.Of(longest),
                BatchSeconds = given.Of(batch) ?? (where.type == DeviceType.CUDA ? 240 : 16),
                WindowClips = given.Of(window),
                Shard = Shard.Parse(given.Of(shard)),
                DecodeWorkers = given.Of(workers) ?? usual.DecodeWorkers,
            };
            var clips = corpus.Open(given);
            using var opened = choice.Open(where, given.Of(precision));
            using var vectors = folder is null ? null
                : opened is ISpeechTransformer speech ? ClipVectorEncoder.Load(speech, folder)
                : throw Given.Wrong(encoder, $"must be the HuBERT that was adapted, but {opened.Name} is none.");
            if (choice.Note is { } note) Say.Note($"{note}");
            var report = Extractor.Of(vectors ?? opened, new Ffmpeg(), config).Run(clips, given.Of(store), given.Progress, given.Cancel);
            given.Progress.Dispose();
            Show(report);
            return Say.Failures(
                [.. report.Failures.Select(failure => (failure.ClipId, failure.Reason))],
                $"{report.Failures.Count} of {report.Clips} clips gave no features ({report.Store.FailuresPath(config.Shard)}):");
        });
    }

    private static void Show(ExtractionReport report)
    {
        var recipe = report.Store.Recipe;
        var seconds = Math.Max(report.Elapsed.TotalSeconds, 1e-3);
        using var self = Process.GetCurrentProcess();
        var layers = $"{recipe.Layers} {(recipe.Layers == 1 ? "layer" : "layers")}";
        Say.Result($"{report.Store.Folder}: {report.Found + report.Encoded} of {report.Clips} clips, {layers} of {recipe.Dims} numbers");
        Say.Result($"encoded {report.Encoded} now ({report.AudioSeconds:0.#} s of sound) in {seconds:0.0} s: {report.Encoded / seconds:0.0} clips/s, "
            + $"{report.AudioSeconds / seconds:0.0} s of sound/s; found {report.Found}; peak memory {self.PeakWorkingSet64 / 1e6:0} MB");
    }
}
