using Affect.Data;
using Affect.Encoders.Bert;
using Affect.Encoders.Clip;
using Affect.Features;
using Affect.Media;
using Affect.Training.Fusing;

namespace Affect.Notebook.Experiments;

/// <summary>The features of a corpus's modalities by encoders' names, each computed once and kept on disk.</summary>
/// <param name="laboratory">Knows where checkpoints and caches lie.</param>
/// <param name="progress">Told of the work; null: nobody.</param>
public sealed class ModalityLoader(Laboratory laboratory, IProgress<WorkProgress>? progress = null)
{
    private readonly Laboratory laboratory = laboratory ?? throw new ArgumentNullException(nameof(laboratory));
    private readonly RememberingReader media = new(new Ffmpeg());

    /// <summary>A corpus's labelled clips, test part included, with their features.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="acoustic">An encoder of sound, as <see cref="EncoderChoice.Help"/> says; null or empty: without.</param>
    /// <param name="visual">A CLIP's folder, or its name under data/checkpoints; null or empty: without.</param>
    /// <param name="lexical">A BERT's folder with tokenizer files, or its name under data/checkpoints; null or empty: without.</param>
    /// <param name="cancel">Ends the work; what is finished is kept.</param>
    /// <exception cref="ArgumentException">No encoder is asked for, or there is none of the name.</exception>
    public FusionData Load(Corpus corpus, string? acoustic = null, string? visual = null, string? lexical = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var labelled = corpus.Where(clip => clip.Emotion is not null && clip.Split != SplitNames.Unlabelled);
        var features = new List<ModalityFeatures>();
        if (!string.IsNullOrEmpty(acoustic)) features.Add(Acoustic(labelled, acoustic, cancel));
        if (!string.IsNullOrEmpty(visual)) features.Add(Visual(labelled, visual, cancel));
        if (!string.IsNullOrEmpty(lexical)) features.Add(Lexical(labelled, lexical, cancel));
        if (features.Count == 0) throw new ArgumentException("One of acoustic, visual and lexical must be asked for, but none is.", nameof(acoustic));
        return FusionData.Of(labelled, features);
    }

    /// <summary>What is heard: the mean over a clip's frames, the encoder's last four layers averaged.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="encoder">As <see cref="EncoderChoice.Help"/> says.</param>
    /// <param name="cancel">Ends the work.</param>
    public ModalityFeatures Acoustic(Corpus corpus, string encoder, CancellationToken cancel = default)
    {
        var choice = laboratory.Find(encoder);
        using var opened = choice.Open();
        var report = new Extractor(opened, media, new ExtractorConfig { Pooling = choice.Pooling }).Run(corpus, Store, progress, cancel);
        return ModalityFeatures.Of("acoustic", encoder, report.Store.Read(corpus, cancel).Table);
    }

    /// <summary>What is seen: the mean over a clip's sampled pictures.</summary>
    /// <inheritdoc cref="Acoustic"/>
    public ModalityFeatures Visual(Corpus corpus, string encoder, CancellationToken cancel = default)
    {
        using var opened = ClipModel.FromPretrained(FolderOf(encoder));
        var report = new FrameExtractor(opened, media).Run(corpus, Store, progress, cancel);
        return ModalityFeatures.Of("visual", encoder, report.Store.Read(corpus, cancel).Table.Pool(Pooling.Mean));
    }

    /// <summary>What is said: the mean over a transcript's tokens, the encoder's last four layers averaged.</summary>
    /// <inheritdoc cref="Acoustic"/>
    public ModalityFeatures Lexical(Corpus corpus, string encoder, CancellationToken cancel = default)
    {
        using var opened = BertModel.FromPretrained(FolderOf(encoder));
        return ModalityFeatures.Of("lexical", encoder, new TextExtractor(opened).Run(corpus, Store, progress, cancel).Table);
    }

    private string Store => Path.Combine(laboratory.Cache, "features");

    private string FolderOf(string name) => Directory.Exists(name) ? name
        : Path.Combine(laboratory.Checkpoints, name) is var folder && name == Path.GetFileName(name) && Directory.Exists(folder) ? folder
        : throw new ArgumentException($"encoder must be a folder, or the name of one under {laboratory.Checkpoints}, but '{name}' is neither.", nameof(name));
}
