namespace Affect.Prediction;

/// <summary>Pictures through a CLIP or a ViT: frame features pooled over time, and after alignment the clip's vector in the acoustic space.</summary>
public sealed class VisualSource : IModalitySource
{
    private const string EncoderFolder = "encoder";
    private const string AlignerFolder = "aligner";

    private readonly string? folder;
    private readonly IVisualEncoder encoder;
    private readonly VisualAligner? aligner;
    private readonly IMediaReader media;
    private readonly SourceFile settings;
    private FrameNovelty? novelty;

    private VisualSource(string? folder, IVisualEncoder encoder, VisualAligner? aligner, SourceFile settings, IMediaReader media) =>
        (this.folder, this.encoder, this.aligner, this.settings, this.media) = (folder, encoder, aligner, settings, media);

    /// <inheritdoc/>
    public string Modality => "visual";

    /// <inheritdoc/>
    public string Source => FormattableString.Invariant($"{encoder.Name}, {settings.FramesPerSecond} pictures a second, {settings.Pooling}{(aligner is null ? "" : $", and aligned ({settings.Adapted})")}");

    /// <summary>Frame features pooled over time, and beside them, where there is an aligner, its vector.</summary>
    /// <param name="encoder">The encoder; it is taken over.</param>
    /// <param name="folder">The folder that it was read from; null: it has none, and a system with it cannot be saved.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    /// <param name="pooling">How frames become one vector.</param>
    /// <param name="media">Reads the clips.</param>
    /// <param name="alignerFolder">What <c>lab align</c> wrote; null: none.</param>
    /// <param name="device">Where the aligner computes; null: the CPU.</param>
    /// <exception cref="FormatException">A file is damaged, or the aligner is of another encoder.</exception>
    public static VisualSource Open(IVisualEncoder encoder, string? folder, double framesPerSecond, Pooling pooling, IMediaReader media, string? alignerFolder = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        try
        {
            var aligned = alignerFolder is null ? null : VisualAligner.Load(alignerFolder, device);
            if (aligned is not null && aligned.InputSize != encoder.FeatureSize)
                throw new FormatException($"{alignerFolder} is of another encoder: it takes frames of {aligned.InputSize} numbers, but {encoder.Name} gives {encoder.FeatureSize}.");
            var chosen = new SourceFile
            {
                FramesPerSecond = framesPerSecond,
                Pooling = pooling,
                Adapted = alignerFolder is null ? null : SourceFile.NameOf(alignerFolder),
                AdaptedFrom = alignerFolder is null ? null : Path.GetFullPath(alignerFolder),
            };
            return new VisualSource(folder, encoder, aligned, chosen, media);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static VisualSource Load(string folder, IMediaReader media, Device? device, SystemParts parts)
    {
        var kept = SourceFile.Read(folder);
        var place = kept.Adapted is null ? null : Path.Combine(folder, AlignerFolder);
        var encoderFolder = Path.Combine(folder, EncoderFolder);
        var opened = Open(parts.Pictures(encoderFolder, device), encoderFolder, kept.FramesPerSecond, kept.Pooling, media, place, device);
        return new VisualSource(opened.folder, opened.encoder, opened.aligner, kept with { AdaptedFrom = place }, media) { novelty = FrameNovelty.TryLoad(folder) };
    }

    /// <summary>Learns what the pictures of a corpus look like, so that others can be told: <see cref="Absent"/> then says where a clip shows nothing like them.</summary>
    /// <param name="corpus">The clips that the system learns from.</param>
    /// <param name="cache">The folder of feature stores.</param>
    public void LearnPictures(Corpus corpus, string cache) => novelty = FrameNovelty.Of(Look(corpus, cache, null, default).Table);

    /// <inheritdoc/>
    public SourceFeatures Read(Corpus corpus, string cache, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(corpus);
        var (table, missing) = Look(corpus, cache, progress, cancel);
        if (table.ClipIds.Count == 0) return new SourceFeatures(null, missing);
        var pooled = table.Pool(settings.Pooling);
        var features = aligner is null ? pooled : pooled.Beside(aligner.Predict(table));
        return new SourceFeatures(new ModalityFeatures(Modality, Source, features.ClipIds, features.Values, features.Dims), missing);
    }

    /// <inheritdoc/>
    public string? Absent(Clip clip, string cache)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (novelty is null) return null;
        var (table, _) = Look(new Corpus("one clip", Path.GetDirectoryName(clip.MediaPath)!, EmotionSet.Mer2024, [clip]), cache, null, default);
        return table.ClipIds.Count == 0 || novelty.IsKnown(table, 0) ? null : "no face is seen like those that were learned from";
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        if (this.folder is not { } place) throw new NotSupportedException($"{encoder.Name} has no folder of weights to be kept with a system; name a checkpoint.");
        SourceFile.CopyEncoder(place, Path.Combine(folder, EncoderFolder));
        if (settings.AdaptedFrom is { } from) SourceFile.CopyEncoder(from, Path.Combine(folder, AlignerFolder));
        novelty?.Save(folder);
        settings.Write(folder);
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose()
    {
        aligner?.Dispose();
        encoder.Dispose();
    }

    private (SequenceTable Table, Dictionary<string, string> Missing) Look(Corpus corpus, string cache, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var seen = corpus.Where(clip => clip.VideoPath is not null);
        var missing = corpus.Clips.Where(clip => clip.VideoPath is null).ToDictionary(clip => clip.Id, _ => "the clip has no pictures", StringComparer.Ordinal);
        if (seen.Clips.Count == 0) return (new SequenceTable([], [], encoder.FeatureSize), missing);
        var report = Extractor.Of(encoder, media, new FrameExtractorConfig { Sampling = FrameSampling.PerSecond(settings.FramesPerSecond) }).Run(seen, cache, progress, cancel);
        foreach (var failure in report.Failures) missing[failure.ClipId] = failure.Reason;
        return (report.Store.ReadFrames(seen.Where(clip => !missing.ContainsKey(clip.Id)), cancel).Table, missing);
    }
}
