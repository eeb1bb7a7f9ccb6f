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
    private const long MostBytes = 6 << 20;

    /// <summary>Runs all iterations and writes the checkpoint in the Hugging Face layout, with <c>training.json</c> beside it.</summary>
    /// <param name="config">The recipe.</param>
    /// <param name="output">The checkpoint's folder; made if it is missing.</param>
    /// <param name="work">Where speech, units and the state of interrupted runs are kept.</param>
    /// <param name="progress">Told of every clip and every step.</param>
    /// <param name="device">Where the network learns; null: the CPU.</param>
    /// <param name="cancellation">Ends the work; what is done is kept.</param>
    /// <returns>What is also in <c>training.json</c>.</returns>
    /// <exception cref="ArgumentException">Parts of the recipe do not fit each other, or the work folder holds the run of another recipe.</exception>
    /// <exception cref="FileNotFoundException">espeak-ng is not installed.</exception>
    public static PretrainingRecord Run(
        PretrainingConfig config, string output, string work, IProgress<WorkProgress>? progress = null, Device? device = null, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentException.ThrowIfNullOrEmpty(work);
        if (config.HiddenLayer > config.Model.Layers)
            throw new ArgumentException($"HiddenLayer must be at most the model's {config.Model.Layers} layers, but is {config.HiddenLayer}.", nameof(config));
        if (config.Training.Pieces > config.Training.BatchClips)
            throw new ArgumentException($"Pieces must be at most the {config.Training.BatchClips} clips of a batch, but are {config.Training.Pieces}.", nameof(config));
        if (new[] { config.Model.HiddenDropout, config.Model.AttentionDropout, config.Model.ActivationDropout, config.Model.ProjectionDropout, config.Model.LayerDrop }.Any(rate => rate > 0))
            throw new ArgumentException("Model must have no dropout and no layer drop: they would make a run that goes on differ from one that never stopped.", nameof(config));
        var recipe = Claim(config, work);
        using var collection = MimicSpeech.Open(work, config.Speech, progress, cancellation);
        var speech = new PretrainingSpeech(collection, config.Model, config.NormalizesInput);
        var records = new List<IterationRecord>();
        HubertModel? model = null;
        try
        {
            for (var iteration = 1; iteration <= config.Iterations; iteration++)
            {
                var next = Iterate(config, speech, model, iteration, Path.Combine(work, FolderOf(config, iteration)), recipe, records, progress, device, cancellation);
                model?.Dispose();
                model = next;
            }
            return Save(config, model!, collection, records, output);
        }
        finally
        {
            model?.Dispose();
        }
    }

    private static HubertModel Iterate(
        PretrainingConfig config, PretrainingSpeech speech, HubertModel? previous, int iteration, string folder, string recipe, List<IterationRecord> records,
        IProgress<WorkProgress>? progress, Device? device, CancellationToken cancellation)
    {
        var unitsPath = Path.Combine(folder, "units.safetensors");
        var books = CodeBookFile.TryLoad(unitsPath, recipe);
        if (books is null)
        {
            books = new UnitMaker(config, speech, progress).Make(iteration, previous, cancellation);
            CodeBookFile.Save(unitsPath, books, recipe);
        }
        var model = HubertModel.Random(config.Model, config.Seed * 100 + (config.KeepsWeights ? 1 : iteration), device, normalizesInput: config.NormalizesInput);
        try
        {
            if (config.KeepsWeights && previous is not null) Copy(previous, model);
            using var trainer = new MaskedTrainer(model, speech, books, config.TrainingOf(iteration), config.Seed, iteration);
            trainer.Run(Path.Combine(folder, "state.safetensors"), FormattableString.Invariant($"Iteration {iteration} of {config.Iterations}"), progress, cancellation);
            records.Add(new IterationRecord
            {
                Iteration = iteration,
                Units = [.. books.Select(book => UnitQuality.Of(book, speech.Frames, speech.Collection.Emotions, speech.Collection.Speakers))],
                Steps = [.. trainer.Steps],
                Fingerprint = model.Fingerprint,
            });
            model.SavePretrained(folder);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static PretrainingRecord Save(PretrainingConfig config, HubertModel model, SpeechCollection speech, List<IterationRecord> iterations, string output)
    {
        var bytes = model.parameters().Sum(parameter => parameter.numel()) * sizeof(float);
        model.SavePretrained(output, bytes > MostBytes ? ScalarType.Float16 : null);
        using var saved = HubertModel.FromPretrained(output);
        var record = new PretrainingRecord
        {
            Recipe = config,
            MimicVersion = MimicConfig.Version,
            Clips = speech.Count,
            Speakers = speech.Speakers.Distinct().Count(),
            Hours = speech.Hours,
            Iterations = iterations,
            Fingerprint = saved.Fingerprint,
        };
        record.Save(output);
        return record;
    }

    // A folder belongs to one recipe: states of another would be taken for this one's.
    private static string Claim(PretrainingConfig config, string work)
    {
        var path = Path.Combine(work, "recipe.txt");
        var recipe = (config with { Iterations = 1, LaterSteps = null, Training = config.Training with { SaveEvery = 1 }, Speech = config.Speech with { Espeak = "" } }).ToString();
        if (File.Exists(path) && RegularFile.ReadAllText(path).Trim() != recipe)
            throw new ArgumentException($"{work} must be empty or hold a run of the same recipe, but holds one of another; choose another folder or remove it.", nameof(work));
        if (!File.Exists(path)) AtomicFile.WriteText(path, recipe + "\n");
        return recipe;
    }

    // Runs that differ only in what comes after the first iteration share it.
    private static string FolderOf(PretrainingConfig config, int iteration) => iteration == 1
        ? "iteration-1"
        : FormattableString.Invariant($"iteration-{iteration}-of-{config.LaterSteps ?? config.Training.Steps}-steps");

    private static void Copy(HubertModel from, HubertModel to)
    {
        using var noGrad = no_grad();
        var source = from.state_dict();
        foreach (var (name, target) in to.state_dict()) target.copy_(source[name]);
    }
}
