namespace Affect;

/// <summary>How a corpus's modalities are read, by encoders' names; features are computed once and kept on disk.</summary>
/// <param name="laboratory">Knows where checkpoints and caches lie.</param>
/// <param name="progress">Receives progress; may be null.</param>
public sealed class ModalityLoader(Laboratory laboratory, IProgress<WorkProgress>? progress = null)
{
    private const double FramesPerSecond = 5;

    private readonly Laboratory laboratory = laboratory ?? throw new ArgumentNullException(nameof(laboratory));
    private readonly RememberingReader media = new(new Ffmpeg());

    /// <summary>The folder of the feature stores.</summary>
    public string Store => Path.Combine(laboratory.Cache, "features");

    /// <summary>A corpus's labelled clips, test part included, with their features.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="acoustic">An encoder of sound, as <see cref="EncoderChoice.Help"/> says; null or empty: without.</param>
    /// <param name="visual">An encoder of pictures, as <see cref="VisualChoice.Help"/> says; null or empty: without.</param>
    /// <param name="lexical">A BERT's folder with tokenizer files, or its name under data/checkpoints; null or empty: without.</param>
    /// <param name="cancel">Ends the work; what is finished is kept.</param>
    /// <exception cref="ArgumentException">No encoder is asked for, there is none of the name, or a modality is missing for all clips.</exception>
    public FusionData Load(Corpus corpus, string? acoustic = null, string? visual = null, string? lexical = null, CancellationToken cancel = default)
    {
        var sources = Open(acoustic, visual, lexical);
        try
        {
            return Read(corpus, sources, cancel);
        }
        finally
        {
            foreach (var source in sources) source.Dispose();
        }
    }

    /// <summary>How each modality is read.</summary>
    /// <param name="acoustic">An encoder of sound, as <see cref="EncoderChoice.Help"/> says; null or empty: without.</param>
    /// <param name="visual">An encoder of pictures, as <see cref="VisualChoice.Help"/> says; null or empty: without.</param>
    /// <param name="lexical">A BERT's folder with tokenizer files, or its name under data/checkpoints; null or empty: without.</param>
    /// <param name="adapted">What <c>lab adapt</c> wrote of the encoder of sound; null: it stays frozen.</param>
    /// <param name="aligner">What <c>lab align</c> wrote of the encoder of pictures; null: frame features alone.</param>
    /// <returns>The sources, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">No encoder is asked for, or there is none of the name.</exception>
    public IReadOnlyList<IModalitySource> Open(string? acoustic = null, string? visual = null, string? lexical = null, string? adapted = null, string? aligner = null)
    {
        var sources = new List<IModalitySource>();
        try
        {
            if (!string.IsNullOrEmpty(acoustic)) sources.Add(Acoustic(acoustic, adapted));
            if (!string.IsNullOrEmpty(visual)) sources.Add(Visual(visual, aligner));
            if (!string.IsNullOrEmpty(lexical)) sources.Add(Lexical(lexical));
            return sources.Count > 0 ? sources : throw new ArgumentException("One of acoustic, visual and lexical must be asked for, but none is.", nameof(acoustic));
        }
        catch
        {
            foreach (var source in sources) source.Dispose();
            throw;
        }
    }

    /// <summary>A corpus's labelled clips, test part included, with the features that sources give.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="sources">How each modality is read.</param>
    /// <param name="cancel">Ends the work; what is finished is kept.</param>
    /// <exception cref="ArgumentException">A modality is missing for all clips.</exception>
    public FusionData Read(Corpus corpus, IReadOnlyList<IModalitySource> sources, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(sources);
        var labelled = corpus.Where(clip => clip.Emotion is not null && clip.Split != SplitNames.Unlabelled);
        var wanted = labelled.Clips.Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal);
        var features = new List<ModalityFeatures>();
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            // What measures speakers by their clips takes all of them, as it did in training.
            var read = source.Read(source.NormalisesSpeakers ? corpus : labelled, Store, progress, cancel);
            foreach (var (clip, reason) in read.Missing.Where(missing => wanted.Contains(missing.Key))) reasons[clip] = reasons.TryGetValue(clip, out var first) ? $"{first}; {reason}" : reason;
            features.Add(read.Features ?? throw new ArgumentException(
                $"corpus must have clips with a {source.Modality} modality, but none of {corpus.Name}'s {labelled.Clips.Count} labelled clips has{(read.Missing.Count > 0 ? $"; the first: {read.Missing.First().Key}: {read.Missing.First().Value}" : "")}.", nameof(corpus)));
        }
        return FusionData.Of(labelled, features, reasons);
    }

    private AcousticSource Acoustic(string name, string? adapted)
    {
        if (adapted is not null)
        {
            var folder = FolderOf(name) ?? throw Unknown(name);
            return AcousticSource.Adapted(HubertModel.FromPretrained(folder), folder, adapted, media);
        }
        var choice = laboratory.Find(name);
        return AcousticSource.Frozen(choice.Open(), FolderOf(name), choice.Pooling, media);
    }

    private VisualSource Visual(string name, string? aligner) =>
        VisualSource.Open(laboratory.FindVisual(name).Open(), FolderOf(name), FramesPerSecond, Pooling.MeanAndDeviation, media, aligner);

    private LexicalSource Lexical(string name)
    {
        var folder = FolderOf(name) ?? throw Unknown(name);
        return LexicalSource.Open(BertModel.FromPretrained(folder), folder);
    }

    private string? FolderOf(string name) => CheckpointFolder.Find(name, laboratory.Checkpoints);

    private ArgumentException Unknown(string name) => new($"An encoder of transcripts, or one with an adapter, must be a folder or the name of one under {laboratory.Checkpoints}, but '{name}' is neither.", nameof(name));
}
