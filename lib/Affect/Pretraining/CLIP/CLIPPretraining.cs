namespace Affect.Pretraining.CLIP;

/// <summary>
/// Pretrains a small CLIP on Mimic's faces and captions of what their muscles do. No emotion is named anywhere: what the network knows of emotion in the end it
/// has from movements. An interrupted run goes on where it stopped and gives the same weights as one that never did.
/// </summary>
/// <remarks>Radford et al., arXiv:2103.00020, section 2.3; everything is smaller, and captions are composed, not found.</remarks>
public static class CLIPPretraining
{
    private const int Examples = 6;

    /// <summary>Paints, trains and writes the checkpoint in the Hugging Face layout, tokenizer included, with <c>training.json</c> beside it.</summary>
    /// <inheritdoc cref="Hubert.HubertPretraining.Run" path="/param|/returns"/>
    /// <exception cref="ArgumentException">Parts of the recipe do not fit each other.</exception>
    /// <exception cref="FormatException">The work folder holds the run of another recipe.</exception>
    public static CLIPPretrainingRecord Run(
        CLIPPretrainingConfig config, string output, string work, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentException.ThrowIfNullOrEmpty(work);
        if (config.HeldPictures >= config.Pictures.Pictures)
            throw new ArgumentException($"HeldPictures must be fewer than all {config.Pictures.Pictures}, but are {config.HeldPictures}.", nameof(config));
        using var pictures = MimicFaces.Paint(config.Pictures, config.Model.Vision.ImageSize, progress, cancellation);
        var tokenizer = VocabularyLearner.CLIP(pictures.Captions, config.Vocabulary, config.Model.Text.MaximumTokens);
        var words = config.Model.Text with
        {
            VocabularySize = tokenizer.VocabularySize,
            StartToken = tokenizer.StartId,
            EndToken = tokenizer.EndId,
            PaddingToken = tokenizer.PadId,
        };
        using var model = CLIPModel.Random(config.Model with { Text = words }, config.Seed, preprocessing: config.Preprocessing);
        using var task = new CLIPPretrainingTask(model, pictures, tokenizer, config.HeldPictures, $"{config with { Training = new() }}");
        var result = new Trainer(config.Training with { Seed = config.Seed }).Run(task, work, progress, cancellation);
        model.SavePretrained(output, PretrainingRecord.PrecisionOf(model));
        tokenizer.Save(output);
        using var saved = CLIPModel.FromPretrained(output);
        var record = new CLIPPretrainingRecord
        {
            Recipe = config,
            MimicVersion = MimicConfig.Version,
            Speakers = pictures.Speakers,
            Captions = pictures.Captions.Distinct(StringComparer.Ordinal).Count(),
            Examples = [.. pictures.Captions.Where((_, index) => index % config.Pictures.PicturesPerClip == 0).Take(Examples)],
            Vocabulary = tokenizer.VocabularySize,
            Weights = model.parameters().Sum(parameter => parameter.numel()),
            Epochs = result.Epochs,
            Fingerprint = saved.Fingerprint,
        };
        record.Save(output);
        return record;
    }
}
