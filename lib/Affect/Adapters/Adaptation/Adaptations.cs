namespace Affect.Adapters.Adaptation;

/// <summary>Adaptations of one encoder to one corpus, each kept on disk: what an earlier run finished is taken from there.</summary>
public sealed class Adaptations : IDisposable
{
    private const string SummaryName = "summary.json";
    private const string AdaptedName = "adapted";
    private const string OutputsName = "outputs.safetensors";
    private const string HashesName = "media-hashes.csv";

    private readonly Corpus corpus;
    private readonly ISpeechTransformer encoder;
    private readonly string title;
    private readonly string cache;
    private readonly IMediaReader media;
    private readonly IProgress<WorkProgress>? progress;
    private readonly string key;
    private AdaptationData? data;

    internal Adaptations(Corpus corpus, ISpeechTransformer encoder, string title, string cache, IMediaReader media, IProgress<WorkProgress>? progress)
    {
        (this.corpus, this.encoder, this.title, this.cache, this.media, this.progress) = (corpus, encoder, title, cache, media, progress);
        // By what the clips hold: a file of the same length may be another recording.
        var hashes = new MediaHashes(Path.Combine(cache, HashesName));
        string[] clips = [.. corpus.Clips.Select((clip, index) => $"{clip.Id}\t{clip.Speaker}\t{clip.Split}\t{corpus.Labels[index]}\t{Content(hashes, clip)}")];
        hashes.Save();
        key = $"{encoder.TrainingFingerprint}{CodeIdentity.Of(encoder)}\n{string.Join('\n', clips)}";
    }

    /// <summary>
    /// Adapts the encoder once per outer fold, each clip judged by what has not met its speaker (<see cref="Corpus.OuterFolds"/>); or takes what an earlier run
    /// made of the same settings.
    /// </summary>
    /// <param name="config">How, as <see cref="AdaptationRecipes"/> make it; its seed is that of the folds, too.</param>
    /// <param name="folds">How many outer folds.</param>
    /// <param name="cancel">Ends the work; finished folds are kept.</param>
    /// <exception cref="ArgumentException">There is no such layer, no clip can be read, or too few speakers are there.</exception>
    public AdaptedCorpus Run(AdaptationConfig config, int folds = 5, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Run(_ => config, config.Seed, folds, cancel);
    }

    /// <summary>The same, with settings of each outer fold's own: layers that are chosen by clips which the fold does not judge, as <see cref="LayerChooser"/> does.</summary>
    /// <param name="configOf">How a fold adapts; its clips are positions in the corpus.</param>
    /// <param name="seed">Seed of the folds. New weights and the order of clips have the settings' own.</param>
    /// <param name="folds">How many outer folds.</param>
    /// <param name="cancel">Ends the work; finished folds are kept.</param>
    /// <exception cref="ArgumentException">There is no such layer, no clip can be read, or too few speakers are there.</exception>
    public AdaptedCorpus Run(Func<OuterFold, AdaptationConfig> configOf, int seed = 1, int folds = 5, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(configOf);
        var divided = corpus.OuterFolds(folds, seed);
        AdaptationConfig[] configs = [.. divided.Select(configOf)];
        AdaptedFold[] made = [.. divided.Zip(configs, (fold, config) => Fold(config, fold, readsAll: false, cancel))];
        var read = made[0].ClipIds.ToHashSet(StringComparer.Ordinal);
        return new AdaptedCorpus
        {
            Title = $"{title}, {configs[^1].Describe()}{(configs[^1].NormalisesSpeakers ? ", speakers normalised" : "")}",
            Seed = seed,
            Corpus = read.Count == corpus.Clips.Count ? corpus : corpus.Where(clip => read.Contains(clip.Id)),
            Folds = made,
        };
    }

    /// <summary>One outer fold's adaptation, as a run makes it for all of them.</summary>
    /// <param name="config">How.</param>
    /// <param name="fold">Positions in the corpus; clips that cannot be read are left out.</param>
    /// <param name="readsAll">Whether all clips are read by what was adapted; false: those that the fold judges, which takes a fraction of the time.</param>
    /// <param name="cancel">Ends the work; nothing of it is kept.</param>
    /// <exception cref="ArgumentException">A layer or module matches nothing.</exception>
    public AdaptedFold Fold(AdaptationConfig config, OuterFold fold, bool readsAll = true, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(fold);
        var division = $"{string.Join(',', fold.Train)}\n{string.Join(',', fold.Choose)}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"3\n{key}\n{config.Recipe}\n{config.Training}\n{division}")));
        var folder = Path.Combine(cache, digest[..24]);
        var made = TryLoad(folder, fold) ?? Make(folder, config, fold, readsAll, cancel);
        var read = made.Features.ClipIds.ToHashSet(StringComparer.Ordinal);
        // Whoever trained by the same clips may have judged others.
        if (readsAll ? read.Count == made.ClipIds.Count : made.Fold.Held.All(clip => read.Contains(made.ClipIds[clip]))) return made;
        return TryReadAll(made, config, folder, fold, cancel) ?? Make(folder, config, fold, readsAll, cancel);
    }

    /// <summary>Frees what is kept in memory, and the encoder.</summary>
    public void Dispose()
    {
        data?.Dispose();
        encoder.Dispose();
    }

    private AdaptedFold Make(string folder, AdaptationConfig config, OuterFold fold, bool readsAll, CancellationToken cancel)
    {
        var ids = ClipIds(cancel);
        var heard = Among(fold, ids);
        using var result = AdapterTraining.Fit(Data(cancel), config, heard.Train, heard.Choose, progress: progress, cancel: cancel);
        var outputs = result.Read(Data(cancel), readsAll ? null : heard.Held);
        result.Adapted.Save(Path.Combine(folder, AdaptedName));
        var summary = new Summary(ids, [], result.TrainedInEncoder, result.TrainedInHead, result.FullFineTuning, result.Seconds, result.Labelled.Best.Metrics["waf"]);
        return Keep(summary, outputs, folder, fold);
    }

    // By what was adapted then; nothing is trained anew.
    private AdaptedFold? TryReadAll(AdaptedFold made, AdaptationConfig config, string folder, OuterFold fold, CancellationToken cancel)
    {
        var summary = new Summary([.. made.ClipIds], [], made.TrainedInEncoder, made.TrainedInHead, made.FullFineTuning, made.Seconds, made.InnerWaf);
        try
        {
            return Keep(summary, Data(cancel).Read(made.Folder, config.Method is { } method ? [AdapterMethod.Of(method)] : null, progress, cancel), folder, fold);
        }
        catch (Exception error) when (error is FormatException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // damaged: made anew
        }
    }

    private AdaptedFold Keep(Summary summary, ClipOutputs outputs, string folder, OuterFold fold)
    {
        using (var scope = NewDisposeScope())
        {
            SafetensorsWriter.Write(Path.Combine(folder, OutputsName), new Dictionary<string, Tensor>
            {
                ["features"] = tensor(outputs.Features.Values, new long[] { outputs.Features.ClipIds.Count, outputs.Features.Dims }),
                ["logits"] = tensor(outputs.Logits.SelectMany(row => row).ToArray(), new long[] { outputs.Logits.Count, outputs.Logits[0].Length }),
            });
        }
        summary = summary with { Read = [.. outputs.Features.ClipIds] };
        AtomicFile.WriteText(Path.Combine(folder, SummaryName), JsonSerializer.Serialize(summary)); // last: a folder that has it is complete
        return Of(summary, fold, folder, outputs.Features.Values, outputs.Features.Dims, outputs.Logits);
    }

    private AdaptationData Data(CancellationToken cancel) => data ??= AdaptationData.Open(encoder, corpus, media, progress: progress, cancel: cancel);

    private string[] ClipIds(CancellationToken cancel) => [.. Data(cancel).Sounds.Clips.Select(clip => clip.Id)];

    private AdaptedFold? TryLoad(string folder, OuterFold fold)
    {
        var path = Path.Combine(folder, SummaryName);
        if (!File.Exists(path)) return null;
        try
        {
            if (JsonSerializer.Deserialize<Summary>(RegularFile.ReadAllText(path)) is not { Clips: not null, Read: not null } summary) return null;
            using var scope = NewDisposeScope();
            using var file = SafetensorsFile.Open(Path.Combine(folder, OutputsName));
            var (features, logits) = (file.Read("features"), file.Read("logits"));
            if (features.shape[0] != summary.Read.Length || logits.shape[0] != summary.Read.Length) return null; // interrupted between the two files
            var rows = logits.flatten().data<float>().ToArray().Chunk((int)logits.shape[1]).ToArray();
            return Of(summary, fold, folder, features.flatten().data<float>().ToArray(), (int)features.shape[1], rows);
        }
        catch (Exception error) when (error is JsonException or FormatException or IOException or ArgumentException)
        {
            return null; // damaged: made anew
        }
    }

    private AdaptedFold Of(Summary summary, OuterFold fold, string folder, float[] features, int dims, IReadOnlyList<float[]> logits) => new()
    {
        Fold = Among(fold, summary.Clips),
        ClipIds = summary.Clips,
        Features = new FeatureTable(summary.Read, features, 1, dims),
        Logits = logits,
        TrainedInEncoder = summary.TrainedInEncoder,
        TrainedInHead = summary.TrainedInHead,
        FullFineTuning = summary.FullFineTuning,
        Seconds = summary.Seconds,
        InnerWaf = summary.InnerWaf,
        Folder = Path.Combine(folder, AdaptedName),
    };

    // The fold's clips as positions among those that could be read.
    private OuterFold Among(OuterFold fold, IReadOnlyList<string> read)
    {
        var places = read.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        int[] Here(IReadOnlyList<int> clips) => [.. clips.Where(clip => places.ContainsKey(corpus.Clips[clip].Id)).Select(clip => places[corpus.Clips[clip].Id])];
        return fold with { Train = Here(fold.Train), Choose = Here(fold.Choose), Held = Here(fold.Held) };
    }

    private static string Content(MediaHashes hashes, Clip clip)
    {
        try
        {
            return hashes.Of(clip.MediaPath);
        }
        catch (MediaException)
        {
            return "unreadable"; // left out of the adaptation, which says why
        }
    }

    private sealed record Summary(string[] Clips, string[] Read, long TrainedInEncoder, long TrainedInHead, long FullFineTuning, double Seconds, double InnerWaf);
}
