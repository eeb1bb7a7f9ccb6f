namespace Affect.Prediction;

/// <summary>Transcripts through an encoder, as a BERT or a RoBERTa: the mean over tokens of the last four layers.</summary>
public sealed class LexicalSource : IModalitySource
{
    private const string EncoderFolder = "encoder";

    private readonly string? folder;
    private readonly ITextEncoder encoder;

    private LexicalSource(ITextEncoder encoder, string? folder) => (this.folder, this.encoder) = (folder, encoder);

    /// <inheritdoc/>
    public string Modality => "lexical";

    /// <inheritdoc/>
    public string Source => $"{encoder.Name}, last four layers";

    /// <summary>Frozen states.</summary>
    /// <param name="encoder">The encoder; it is taken over.</param>
    /// <param name="folder">The folder that it was read from; null: it has none, and a system with it cannot be saved.</param>
    public static LexicalSource Open(ITextEncoder encoder, string? folder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new LexicalSource(encoder, folder);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static LexicalSource Load(string folder, Device? device, SystemParts parts)
    {
        var place = Path.Combine(folder, EncoderFolder);
        return Open(parts.Words(place, device), place);
    }

    /// <inheritdoc/>
    public SourceFeatures Read(Corpus corpus, string cache, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(corpus);
        var missing = corpus.Clips.Where(clip => clip.Transcript is null).ToDictionary(clip => clip.Id, _ => "the clip has no transcript", StringComparer.Ordinal);
        var spoken = corpus.Where(clip => clip.Transcript is not null);
        var report = Extractor.Of(encoder).Run(spoken, cache, progress, cancel);
        foreach (var failure in report.Failures) missing[failure.ClipId] = failure.Reason;
        var table = report.Store.Read(spoken, cancel).Table;
        return new SourceFeatures(table.ClipIds.Count == 0 ? null : ModalityFeatures.Of(Modality, encoder.Name, table), missing);
    }

    /// <inheritdoc/>
    public string? Absent(Clip clip, string cache)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return string.IsNullOrWhiteSpace(clip.Transcript) ? "the clip has no transcript" : null;
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        if (this.folder is not { } place)
            throw new NotSupportedException($"{encoder.Name} has no folder of weights to be kept with a system; name a checkpoint.");
        SourceFile.CopyEncoder(place, Path.Combine(folder, EncoderFolder));
        new SourceFile().Write(folder);
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose() => encoder.Dispose();
}
