namespace Affect.Prediction;

/// <summary>Transcripts through a BERT or a RoBERTa: the mean over tokens of the last four layers.</summary>
public sealed class LexicalSource : IModalitySource
{
    private const string EncoderFolder = "encoder";

    private readonly string folder;
    private readonly ITextEncoder encoder;

    private LexicalSource(string folder, ITextEncoder encoder) => (this.folder, this.encoder) = (folder, encoder);

    /// <inheritdoc/>
    public string Modality => "lexical";

    /// <inheritdoc/>
    public string Source => $"{encoder.Name}, last four layers";

    /// <summary>Opens an encoder.</summary>
    /// <param name="folder">The encoder's folder.</param>
    /// <param name="device">Where it computes; null: the CPU.</param>
    public static LexicalSource Open(string folder, Device? device = null) => new(folder, BertModel.FromPretrained(folder, device));

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static LexicalSource Load(string folder, Device? device) => Open(Path.Combine(folder, EncoderFolder), device);

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
        SourceFile.CopyEncoder(this.folder, Path.Combine(folder, EncoderFolder));
        new SourceFile().Write(folder);
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose() => encoder.Dispose();
}
