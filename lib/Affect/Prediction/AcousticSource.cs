namespace Affect.Prediction;

/// <summary>Sound through an encoder, frozen or adapted.</summary>
public sealed class AcousticSource : IModalitySource
{
    private const string EncoderFolder = "encoder";
    private const double LongestSeconds = 3600; // whole clips, as those of an adapter that does not normalise are read
    private const string AdaptedFolder = "adapted";

    private readonly string? folder;
    private readonly IEncoder encoder;
    private readonly ISpeechTransformer? bySpeaker; // the same encoder, where all clips of a speaker are read together
    private readonly AdaptedEncoder? adapted;
    private readonly IReadOnlyList<AdapterMethod>? methods;
    private readonly IMediaReader media;
    private readonly SourceFile settings;

    private AcousticSource(
        string? folder, IEncoder encoder, SourceFile settings, IMediaReader media,
        AdaptedEncoder? adapted = null, ISpeechTransformer? bySpeaker = null, IReadOnlyList<AdapterMethod>? methods = null)
    {
        (this.folder, this.encoder, this.settings, this.media) = (folder, encoder, settings, media);
        (this.adapted, this.bySpeaker, this.methods) = (adapted, bySpeaker, methods);
    }

    /// <inheritdoc/>
    public string Modality => "acoustic";

    /// <inheritdoc/>
    public string Source => settings.Adapted is null
        ? $"{encoder.Name}, layers {settings.FirstLayer} to {settings.LastLayer}, {settings.Pooling}"
        : $"{encoder.Name}, adapted ({settings.Adapted}{(NormalisesSpeakers ? ", speakers normalised" : "")})";

    /// <summary>Whether an adapted encoder's head reads frames that are brought to each speaker's measure, by all clips of that speaker in what is read. Such a source cannot read single clips of strangers.</summary>
    public bool NormalisesSpeakers => bySpeaker is not null;

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
        return new AcousticSource(folder, encoder, new SourceFile { FirstLayer = first, LastLayer = last, Pooling = pooling }, media);
    }

    /// <summary>The vector under an adapted encoder's head; where that normalises speakers, each by all clips of theirs that are read together.</summary>
    /// <param name="encoder">The encoder that was adapted; it is taken over.</param>
    /// <param name="folder">The folder that it was read from; null: it has none, and a system with it cannot be saved.</param>
    /// <param name="adaptedFolder">What <see cref="AdaptedEncoder.Save"/> wrote, as <c>lab adapt</c> does.</param>
    /// <param name="media">Reads the clips.</param>
    /// <param name="methods">Adapter methods that the library does not have.</param>
    /// <exception cref="FormatException">The adapter is damaged or of another encoder.</exception>
    public static AcousticSource Adapted(
        ISpeechTransformer encoder, string? folder, string adaptedFolder, IMediaReader media, IReadOnlyList<AdapterMethod>? methods = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        try
        {
            var reads = new SourceFile { Adapted = SourceFile.NameOf(adaptedFolder), AdaptedFrom = Path.GetFullPath(adaptedFolder) };
            if (!AdaptedEncoder.NormalisesSpeakersOf(adaptedFolder))
                return new AcousticSource(folder, encoder, reads, media, adapted: AdaptedEncoder.Load(encoder, adaptedFolder, methods));
            // Speakers are measured in the encoder without its adapter, when clips are there; what is damaged is told of now.
            using (var own = encoder.Copy()) AdaptedEncoder.Load(own, adaptedFolder, methods).Dispose();
            return new AcousticSource(folder, encoder, reads, media, bySpeaker: encoder, methods: methods);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static AcousticSource Load(string folder, IMediaReader media, Device? device, SystemParts parts)
    {
        var (kept, place) = (SourceFile.Read(folder), Path.Combine(folder, EncoderFolder));
        if (kept.Adapted is null) return Frozen(parts.Sound(place, device), place, kept.Pooling, media, kept.FirstLayer, kept.LastLayer);
        if (AdaptedEncoder.NormalisesSpeakersOf(Path.Combine(folder, AdaptedFolder))) throw new FormatException($"{folder} reads sound by an adapter that normalises speakers, and a system judges single clips of people it does not know; train it with one that was adapted without that.");
        var opened = parts.Sound(place, device);
        if (opened is not ISpeechTransformer speech)
        {
            opened.Dispose();
            throw new FormatException($"{folder} reads sound by an adapter: its encoder must be one whose layers can adapt, but {opened.Name} is not.");
        }
        var loaded = Adapted(speech, place, Path.Combine(folder, AdaptedFolder), media, parts.Methods);
        return new AcousticSource(place, speech, kept with { AdaptedFrom = Path.Combine(folder, AdaptedFolder) }, media, adapted: loaded.adapted);
    }

    /// <inheritdoc/>
    public SourceFeatures Read(Corpus corpus, string cache, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(corpus);
        return adapted is not null ? ReadAdapted(corpus, progress, cancel)
            : bySpeaker is not null ? ReadBySpeaker(bySpeaker, corpus, progress, cancel)
            : ReadFrozen(corpus, cache, progress, cancel);
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
        if (NormalisesSpeakers) throw new NotSupportedException($"{Source} reads all clips of a speaker together, and a system judges single clips of people it does not know; take an adapter that does not normalise speakers.");
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
        var report = Extractor.Of(encoder, media, new ExtractorConfig { Pooling = settings.Pooling }).Run(corpus, cache, progress, cancel);
        var missing = report.Failures.ToDictionary(failure => failure.ClipId, failure => failure.Reason, StringComparer.Ordinal);
        var read = corpus.Where(clip => !missing.ContainsKey(clip.Id));
        if (read.Clips.Count == 0) return new SourceFeatures(null, missing);
        return new SourceFeatures(ModalityFeatures.Of(Modality, encoder.Name, report.Store.Read(read, cancel).Table, settings.FirstLayer, settings.LastLayer), missing);
    }

    private SourceFeatures ReadBySpeaker(ISpeechTransformer speech, Corpus corpus, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        using var data = AdaptationData.Open(speech, corpus, media, new LayerCacheConfig { MaximumSeconds = LongestSeconds }, progress, cancel);
        var table = data.Read(settings.AdaptedFrom!, methods, progress, cancel).Features;
        return new SourceFeatures(
            new ModalityFeatures(Modality, Source, table.ClipIds, table.Values, table.Dims),
            data.Sounds.Failures.ToDictionary(failure => failure.ClipId, failure => failure.Reason, StringComparer.Ordinal));
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
