using Affect.Adapters.Heads;
using Affect.Data;
using Affect.Encoders;
using Affect.Encoders.Hubert;
using Affect.Features;
using Affect.Media;
using Affect.Training.Fusing;
using static TorchSharp.torch;

namespace Affect.Training.Systems;

/// <summary>Sound through an encoder, frozen, or through an adapted HuBERT.</summary>
public sealed class AcousticSource : IModalitySource
{
    private const string EncoderFolder = "encoder";
    private const string AdaptedFolder = "adapted";

    private readonly string? folder;
    private readonly IEncoder encoder;
    private readonly AdaptedEncoder? adapted;
    private readonly IMediaReader media;
    private readonly SourceFile settings;

    private AcousticSource(string? folder, IEncoder encoder, AdaptedEncoder? adapted, SourceFile settings, IMediaReader media) =>
        (this.folder, this.encoder, this.adapted, this.settings, this.media) = (folder, encoder, adapted, settings, media);

    /// <inheritdoc/>
    public string Modality => "acoustic";

    /// <inheritdoc/>
    public string Source => adapted is null ? $"{encoder.Name}, layers {settings.FirstLayer} to {settings.LastLayer}, {settings.Pooling}" : $"{encoder.Name}, adapted ({settings.Adapted})";

    /// <summary>Frozen states: neighbouring layers averaged.</summary>
    /// <param name="encoder">The encoder; it is taken over.</param>
    /// <param name="folder">The folder that it was read from; null: it has none, and a system with it cannot be saved.</param>
    /// <param name="pooling">How frames become one vector.</param>
    /// <param name="media">Reads the clips.</param>
    /// <param name="firstLayer">The lowest layer; null: the fourth from the top, as the MER2024 baseline has it, or 0.</param>
    /// <param name="lastLayer">The highest layer; null: the top.</param>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public static AcousticSource Frozen(IEncoder encoder, string? folder, Pooling pooling, IMediaReader media, int? firstLayer = null, int? lastLayer = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var last = Require.Between(0, encoder.Layers, lastLayer ?? encoder.Layers, nameof(lastLayer));
        var first = Require.Between(0, last, firstLayer ?? Math.Max(0, last - 3), nameof(firstLayer));
        return new AcousticSource(folder, encoder, null, new SourceFile { FirstLayer = first, LastLayer = last, Pooling = pooling }, media);
    }

    /// <summary>The vector under an adapted encoder's head.</summary>
    /// <param name="folder">The encoder's folder.</param>
    /// <param name="adaptedFolder">What <c>lab adapt</c> wrote.</param>
    /// <param name="media">Reads the clips.</param>
    /// <param name="device">Where it computes; null: the CPU.</param>
    /// <exception cref="FormatException">The adapter is damaged or of another encoder.</exception>
    public static AcousticSource Adapted(string folder, string adaptedFolder, IMediaReader media, Device? device = null)
    {
        var model = HubertModel.FromPretrained(folder, device);
        try
        {
            return new AcousticSource(folder, model, AdaptedEncoder.Load(model, adaptedFolder), new SourceFile { Adapted = SourceFile.NameOf(adaptedFolder), AdaptedFrom = Path.GetFullPath(adaptedFolder) }, media);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static AcousticSource Load(string folder, IMediaReader media, Device? device)
    {
        var (kept, place) = (SourceFile.Read(folder), Path.Combine(folder, EncoderFolder));
        if (kept.Adapted is null) return Frozen(HubertModel.FromPretrained(place, device), place, kept.Pooling, media, kept.FirstLayer, kept.LastLayer);
        var loaded = Adapted(place, Path.Combine(folder, AdaptedFolder), media, device);
        return new AcousticSource(place, loaded.encoder, loaded.adapted, kept with { AdaptedFrom = Path.Combine(folder, AdaptedFolder) }, media);
    }

    /// <inheritdoc/>
    public SourceFeatures Read(Corpus corpus, string cache, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(corpus);
        return adapted is null ? ReadFrozen(corpus, cache, progress, cancel) : ReadAdapted(corpus, progress, cancel);
    }

    /// <inheritdoc/>
    public string? Absent(Clip clip, string cache)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return SpeechPresence.Of(media.DecodeAudio(clip.MediaPath, encoder.SampleRate), encoder.SampleRate).IsSpeech ? null : "nobody is heard to speak";
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        if (this.folder is not { } place) throw new NotSupportedException($"{encoder.Name} has no folder of weights to be kept with a system; name a checkpoint.");
        SourceFile.CopyEncoder(place, Path.Combine(folder, EncoderFolder));
        if (settings.AdaptedFrom is { } from) SourceFile.CopyEncoder(from, Path.Combine(folder, AdaptedFolder));
        settings.Write(folder);
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose()
    {
        adapted?.Dispose();
        encoder.Dispose();
    }

    private SourceFeatures ReadFrozen(Corpus corpus, string cache, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var report = new Extractor(encoder, media, new ExtractorConfig { Pooling = settings.Pooling }).Run(corpus, cache, progress, cancel);
        var missing = report.Failures.ToDictionary(failure => failure.ClipId, failure => failure.Reason, StringComparer.Ordinal);
        var read = corpus.Where(clip => !missing.ContainsKey(clip.Id));
        if (read.Clips.Count == 0) return new SourceFeatures(null, missing);
        return new SourceFeatures(ModalityFeatures.Of(Modality, encoder.Name, report.Store.Read(read, cancel).Table, settings.FirstLayer, settings.LastLayer), missing);
    }

    private SourceFeatures ReadAdapted(Corpus corpus, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var (ids, values, missing) = (new List<string>(), new List<float[]>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (index, clip) in corpus.Clips.Index())
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                values.Add(adapted!.Read(media.DecodeAudio(clip.MediaPath, encoder.SampleRate, cancel)).Features);
                ids.Add(clip.Id);
            }
            catch (Exception error) when (error is MediaException or IOException or ArgumentException or InvalidOperationException)
            {
                missing[clip.Id] = error.Message;
            }
            progress?.Report(new WorkProgress($"Encoding {corpus.Name} with adapted {encoder.Name}", index + 1, corpus.Clips.Count));
        }
        return new SourceFeatures(ids.Count == 0 ? null : new ModalityFeatures(Modality, Source, ids, [.. values.SelectMany(row => row)], values[0].Length), missing);
    }
}
