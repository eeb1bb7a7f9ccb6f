namespace Affect.Pretraining.Bert;

/// <summary>Pretrains a small BERT on sentences of Mimic's grammar, without labels. An interrupted run goes on where it stopped and gives the same weights.</summary>
/// <remarks>
/// Devlin et al., <em>BERT</em>, arXiv:1810.04805, section 3.1, with whole words masked (<see cref="WordMasking"/>). Differences: no next-sentence task, as sentences
/// stand alone, so the pooler is not trained; texts, network and vocabulary are small. Texts are all that it is given: what they express is not.
/// </remarks>
public static class TextPretraining
{
    /// <summary>Trains and writes the checkpoint in the Hugging Face layout, with <c>training.json</c> beside it.</summary>
    /// <inheritdoc cref="Hubert.HubertPretraining.Run" path="/param|/returns"/>
    /// <exception cref="ArgumentException">Parts of the recipe do not fit each other.</exception>
    /// <exception cref="FormatException">The work folder holds the run of another recipe.</exception>
    public static TextPretrainingRecord Run(
        TextPretrainingConfig config, string output, string work, IProgress<WorkProgress>? progress = null, Device? device = null, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentException.ThrowIfNullOrEmpty(work);
        if (config.Model.Dropout > 0 || config.Model.AttentionDropout > 0)
            throw new ArgumentException("Model must have no dropout: the pieces of a batch are learned from at the same time.", nameof(config));
        var texts = MimicTexts.Of(config);
        var tokenizer = VocabularyLearner.Words(texts.Texts, config.Vocabulary, maxLength: config.Model.Positions);
        using var model = BertModel.Random(config.Model with { VocabularySize = tokenizer.VocabularySize, PadId = tokenizer.PadId }, config.Seed, tokenizer, device);
        using var task = new MaskedLanguageTask(config, texts, model);
        var result = new Trainer(config.Training with { Seed = config.Seed }).Run(task, work, progress, cancellation);
        model.SavePretrained(output, PretrainingRecord.PrecisionOf(model));
        using var saved = BertModel.FromPretrained(output);
        var record = new TextPretrainingRecord
        {
            Recipe = config,
            Sentences = texts.Texts.Count,
            Drawn = texts.Drawn,
            Different = texts.Texts.Distinct(StringComparer.Ordinal).Count(),
            OccurringInReported = texts.OccurringIn(TextPretrainingConfig.ReportedSeed),
            TextDigest = texts.Digest,
            Vocabulary = tokenizer.VocabularySize,
            Steps = result.Steps,
            Epochs = [.. result.Epochs.Select(epoch => epoch with { Seconds = Math.Round(epoch.Seconds, 1) })],
            Fingerprint = saved.Fingerprint,
        };
        record.Save(output);
        return record;
    }
}
