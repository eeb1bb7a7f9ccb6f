namespace Affect.Pretraining.Hubert;

/// <summary>
/// Pretrains a HuBERT on synthetic speech: units from cepstra (and pitch and loudness), a network that names them under masks, units from that
/// network's middle layer, and so on. An interrupted run goes on where it stopped and gives the same weights as one that never did.
/// </summary>
/// <remarks>
/// Hsu et al., <em>HuBERT</em>, arXiv:2106.07447, sections II and IV. Differences: prosody units beside the content units (ours), a later iteration goes on
/// from the weights of the one before, and everything is smaller.
/// </remarks>
public static class HubertPretraining
{
    /// <summary>Runs all iterations and writes the checkpoint in the Hugging Face layout, with <c>training.json</c> beside it.</summary>
    /// <param name="config">The recipe.</param>
    /// <param name="output">The checkpoint's folder; made if it is missing.</param>
    /// <param name="work">Where what an interrupted run needs is kept.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="device">Where the network learns; null: the CPU.</param>
    /// <param name="cancellation">Ends the work; what is done is kept.</param>
    /// <returns>What is also in <c>training.json</c>.</returns>
    /// <exception cref="ArgumentException">Parts of the recipe do not fit each other, or the work folder holds the run of another recipe.</exception>
    /// <exception cref="FileNotFoundException">espeak-ng is not installed.</exception>
    public static HubertPretrainingRecord Run(
        HubertPretrainingConfig config, string output, string work, IProgress<WorkProgress>? progress = null, Device? device = null, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentException.ThrowIfNullOrEmpty(work);
        Check(config);
        var recipe = Claim(config, work);
        using var collection = MimicSpeech.Open(work, config.Speech, progress, cancellation);
        var speech = new PretrainingSpeech(collection, config.Model, config.NormalizesInput);
        var iterations = new List<IterationRecord>();
        HubertModel? model = null;
        try
        {
            for (var iteration = 1; iteration <= config.Iterations; iteration++)
            {
                var previous = model;
                var folder = Path.Combine(work, FolderOf(config, iteration));
                var books = Units(config, speech, previous, iteration, folder, recipe, progress, cancellation);
                model = HubertModel.Random(config.Model, config.Seed * 100 + (config.KeepsWeights ? 1 : iteration), device, normalizesInput: config.NormalizesInput);
                if (config.KeepsWeights && previous is not null) model.load_state_dict(previous.state_dict());
                previous?.Dispose();
                var training = config.TrainingOf(iteration);
                using (var task = new MaskedUnitTask(model, speech, books, training, config.Seed, iteration, recipe))
                    new Trainer(training.ForTrainer(config.Seed)).Run(task, folder, progress, cancellation);
                model.SavePretrained(folder);
                iterations.Add(new IterationRecord
                {
                    Iteration = iteration,
                    Units = [.. books.Select(book => UnitQuality.Of(book, speech.Frames, collection.Emotions, collection.Speakers))],
                    Steps = MaskedSteps.Of(RunRecord.Load(folder).Steps, books),
                    Fingerprint = model.Fingerprint,
                });
            }
            model!.SavePretrained(output, PretrainingRecord.PrecisionOf(model));
        }
        finally
        {
            model?.Dispose();
        }
        using var saved = HubertModel.FromPretrained(output);
        var record = new HubertPretrainingRecord
        {
            Recipe = config,
            MimicVersion = MimicConfig.Version,
            Clips = collection.Count,
            Speakers = collection.Speakers.Distinct().Count(),
            Hours = collection.Hours,
            Iterations = iterations,
            Fingerprint = saved.Fingerprint,
        };
        record.Save(output);
        return record;
    }

    private static void Check(HubertPretrainingConfig config)
    {
        var (model, training) = (config.Model, config.Training);
        if (config.HiddenLayer > model.Layers) throw new ArgumentException($"HiddenLayer must be at most the model's {model.Layers} layers, but is {config.HiddenLayer}.", nameof(config));
        if (training.Pieces > training.BatchClips)
            throw new ArgumentException($"Pieces must be at most the {training.BatchClips} clips of a batch, but are {training.Pieces}.", nameof(config));
        if (new[] { model.HiddenDropout, model.AttentionDropout, model.ActivationDropout, model.ProjectionDropout, model.LayerDrop }.Any(rate => rate > 0))
            throw new ArgumentException("Model must have no dropout and no layer drop: they would make a run that goes on differ from one that never stopped.", nameof(config));
    }

    // A folder belongs to one recipe: states of another would be taken for this one's.
    private static string Claim(HubertPretrainingConfig config, string work)
    {
        var path = Path.Combine(work, "recipe.txt");
        var recipe = (config with { Iterations = 1, LaterSteps = null, Training = config.Training with { SaveEvery = 1 }, Speech = config.Speech with { Espeak = "" } }).ToString();
        if (File.Exists(path) && RegularFile.ReadAllText(path).Trim() != recipe)
            throw new ArgumentException($"{work} must be empty or hold a run of the same recipe, but holds one of another; choose another folder or remove it.", nameof(work));
        if (!File.Exists(path)) AtomicFile.WriteText(path, recipe + "\n");
        return recipe;
    }

    // Runs that differ only in what comes after the first iteration share it.
    private static string FolderOf(HubertPretrainingConfig config, int iteration) =>
        iteration == 1 ? "iteration-1" : FormattableString.Invariant($"iteration-{iteration}-of-{config.LaterSteps ?? config.Training.Steps}-steps");

    private static CodeBook[] Units(
        HubertPretrainingConfig config, PretrainingSpeech speech, HubertModel? previous, int iteration, string folder, string recipe, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "units.safetensors");
        if (CodeBook.TryLoad(path, recipe) is { } kept) return kept;
        var books = new UnitMaker(config, speech, progress).Make(iteration, previous, cancellation);
        CodeBook.Save(path, books, recipe);
        return books;
    }
}
