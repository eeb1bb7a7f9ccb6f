namespace Affect;

/// <summary>The steps that every experiment begins with, each kept on disk: a corpus and an encoder by their names, features, a layer curve.</summary>
/// <remarks>Nothing here is a method of its own: it names files and passes settings on, so that a notebook says what it studies and not where things lie.</remarks>
public sealed partial class Laboratory
{
    /// <summary>The name that stands for the embedded corpus.</summary>
    public const string MimicName = "mimic";

    /// <summary>The environment variable that names another folder for generated corpora and features.</summary>
    public const string CacheVariable = "AFFECT_CACHE";

    private readonly IProgress<WorkProgress>? progress;
    private readonly RememberingReader media = new(new Ffmpeg());
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Opens the laboratory of a clone.</summary>
    /// <param name="home">The clone's folder; null: the one that the running build belongs to, or the current folder.</param>
    /// <param name="cache">Where generated corpora and features are kept; null: the environment variable <c>AFFECT_CACHE</c>, or <c>.cache</c> in the clone.</param>
    /// <param name="progress">Told about all long work; null: what <see cref="NewProgress"/> makes.</param>
    public Laboratory(string? home = null, string? cache = null, IProgress<WorkProgress>? progress = null)
    {
        Home = home ?? FindHome();
        Cache = cache ?? Environment.GetEnvironmentVariable(CacheVariable) ?? Path.Combine(Home, ".cache");
        this.progress = progress;
    }

    /// <summary>The clone's folder.</summary>
    public string Home { get; }

    /// <summary>Where generated corpora and features are kept between runs.</summary>
    public string Cache { get; }

    /// <summary>Makes the receiver of one long task's progress, as a line in a notebook; null: no progress is shown.</summary>
    public Func<IProgress<WorkProgress>>? NewProgress { get; init; }

    /// <summary>The folder of the checkpoints that ship with the laboratory.</summary>
    public string Checkpoints => Path.Combine(Home, "data", "checkpoints");

    /// <summary>Opens a corpus; the embedded one is generated where it is not there yet.</summary>
    /// <param name="name"><see cref="MimicName"/>, or a manifest or a folder of clips; a path that leads nowhere from the current folder starts at the clone.</param>
    /// <param name="clips">How many clips of Mimic; without meaning for other corpora.</param>
    /// <param name="seed">The seed of Mimic; without meaning for other corpora.</param>
    /// <param name="cancel">Ends the generation; finished clips are kept.</param>
    /// <returns>The corpus; <see cref="Corpus.Warnings"/> say, too, where the same recording stands under two people or emotions.</returns>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="FormatException">The manifest or the folder cannot be understood.</exception>
    public Corpus Open(string name, int clips = 960, int seed = 1, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name != MimicName)
        {
            var corpus = Corpus.Open(Path.Exists(name) || !Path.Exists(Path.Combine(Home, name)) ? name : Path.Combine(Home, name));
            return corpus.IsSynthetic ? corpus : corpus.WithWarnings(SharedMedia.Warnings(corpus, cancel));
        }
        var folder = string.Create(CultureInfo.InvariantCulture, $"mimic-v{MimicConfig.Version}-{clips}-{seed}");
        return Mimic.Generate(Path.Combine(Cache, folder), new MimicConfig { Clips = clips, Seed = seed }, Progress, cancel);
    }

    /// <summary>Finds an encoder by its name.</summary>
    /// <param name="name">As <see cref="EncoderChoice.Help"/> says.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public EncoderChoice Find(string name, int seed = 1) => EncoderChoice.Parse(name, seed, Checkpoints);

    /// <summary>Opens an encoder to look inside or to encode single clips; the caller disposes it.</summary>
    /// <inheritdoc cref="Find"/>
    public IEncoder OpenEncoder(string name, int seed = 1) => Find(name, seed).Open();

    /// <summary>The hidden states of one clip, to look at; the caller disposes them.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="clip">The clip.</param>
    /// <returns>N + 1 states, each <c>[1, frames, hidden]</c>.</returns>
    /// <exception cref="MediaException">The clip cannot be read.</exception>
    public static HiddenStates Listen(IEncoder encoder, Clip clip)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(clip);
        var waveform = new Ffmpeg().DecodeAudio(clip.MediaPath, encoder.SampleRate);
        using var sound = tensor(waveform, new long[] { 1, waveform.Length });
        using var length = tensor(new long[] { waveform.Length });
        return encoder.Encode(sound, length);
    }

    /// <summary>Encodes a corpus's labelled clips outside the test part; what an earlier run finished is taken from the cache.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="encoder">As <see cref="EncoderChoice.Help"/> says.</param>
    /// <param name="pooling">How frames become one vector; null: as the encoder is mostly pooled.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <param name="cancel">Ends the work; finished clips are kept.</param>
    /// <exception cref="ArgumentException">There is no encoder of this name, or the corpus has no labelled clip that can be read.</exception>
    public EncodedCorpus Encode(Corpus corpus, string encoder, Pooling? pooling = null, int seed = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var choice = Find(encoder, seed);
        var learning = corpus.Learning();
        if (learning.Clips.Count == 0) throw new ArgumentException($"corpus must have labelled clips outside its test part, but {corpus.Name} has none among its {corpus.Clips.Count}.", nameof(corpus));
        using var opened = choice.Open();
        var report = Extractor.Of(opened, media, new ExtractorConfig { Pooling = pooling ?? choice.Pooling })
            .Run(learning, Path.Combine(Cache, "features"), Progress, cancel);
        var failed = report.Failures.Select(failure => failure.ClipId).ToHashSet(StringComparer.Ordinal);
        if (failed.Count == learning.Clips.Count)
            throw new ArgumentException($"corpus must have clips that can be read, but none of {corpus.Name}'s {failed.Count} can; the first: {report.Failures[0].ClipId}: {report.Failures[0].Reason}", nameof(corpus));
        var read = failed.Count == 0 ? learning : learning.Where(clip => !failed.Contains(clip.Id));
        var ids = read.Clips.Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal);
        return new EncodedCorpus
        {
            Encoder = choice.Title,
            IsRandom = choice.IsRandom,
            Corpus = read,
            Recipe = report.Store.Recipe,
            Features = report.Store.Read(read, cancel).Table,
            Failures = report.Failures,
            AudioSeconds = report.Store.Clips().Where(clip => ids.Contains(clip.Id)).Sum(clip => (double)clip.Samples) / report.Store.Recipe.SampleRate,
        };
    }

    /// <summary>Probes every layer of an encoded corpus on folds without common speakers.</summary>
    /// <param name="encoded">The corpus.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="seed">Seed of the folds and of the intervals.</param>
    /// <param name="config">How to probe; null: the defaults with <paramref name="seed"/>.</param>
    /// <param name="probe">What reads the emotion, perhaps one of your own; null: the linear probe.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">There are fewer speakers than folds, or too little to choose the penalty by.</exception>
    public LayerCurve Probe(
        EncodedCorpus encoded, int folds = 5, int seed = 1, ProbeConfig? config = null, IProbe? probe = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        config ??= new ProbeConfig { Seed = seed };
        var curve = LayerProbe.Run(encoded.Divide(folds, seed), config, probe, progress: Progress, cancel: cancel) with { Encoder = encoded.Encoder };
        var blocks = curve.Layers.Count(layer => layer.Layer > 0);
        return blocks < 2 ? curve : curve with { Range = curve.BestRange(blocks / 2) };
    }

    /// <summary>Adapts an encoder to a corpus in one or several ways; what an earlier run finished is taken from the cache.</summary>
    /// <param name="corpus">The corpus, all parts of it.</param>
    /// <param name="encoder">A HuBERT by its name, as <see cref="EncoderChoice.Help"/> says.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <returns>The adaptations, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">There is no encoder of this name, or its layers cannot be adapted.</exception>
    public Adaptations Adapt(Corpus corpus, string encoder, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var choice = Find(encoder, seed);
        var opened = choice.Open();
        if (opened is ISpeechTransformer speech) return Adapt(corpus, speech, choice.Title);
        opened.Dispose();
        throw new ArgumentException($"encoder must be a HuBERT, whose layers can be adapted, but {encoder} is not.", nameof(encoder));
    }

    /// <summary>Adapts an encoder to a corpus as one likes; what an earlier run finished from the same weights is taken from the cache.</summary>
    /// <param name="corpus">The corpus, all parts of it.</param>
    /// <param name="encoder">The encoder, the library's or one's own; it is taken over.</param>
    /// <param name="title">What to call it in titles; null: by its name.</param>
    /// <returns>The adaptations, the caller's to dispose.</returns>
    public Adaptations Adapt(Corpus corpus, ISpeechTransformer encoder, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(encoder);
        return new Adaptations(corpus, encoder, title ?? encoder.Name, Path.Combine(Cache, "adapted"), media, Progress);
    }

    /// <summary>The lines that bound a score by sound on Mimic: the exact ceilings of the voice, and of voice and words; none for other corpora.</summary>
    /// <param name="corpus">The corpus.</param>
    public static IReadOnlyList<ScoreLevel> Ceilings(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return !Mimic.IsMimic(corpus) ? [] :
        [
            new ScoreLevel("ceiling of the voice", MimicCeiling.Of(Modalities.Acoustic).Waf),
            new ScoreLevel("ceiling of voice and words", MimicCeiling.Of(Modalities.Acoustic | Modalities.Lexical).Waf),
        ];
    }

    /// <summary>How long a notebook has taken since it opened the laboratory, for its last cell.</summary>
    /// <param name="budgetSeconds">How long it may take on two cores.</param>
    public string Took(double budgetSeconds) => string.Create(
        CultureInfo.InvariantCulture, $"This notebook took {clock.Elapsed.TotalSeconds:0} s of its {budgetSeconds:0} s, and {Environment.WorkingSet / 1e6:0} MB.");

    private IProgress<WorkProgress>? Progress => progress ?? NewProgress?.Invoke();

    private static string FindHome()
    {
        // In another program's kernel the build lies elsewhere than the program.
        foreach (var build in (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(typeof(Laboratory).Assembly.Location) ?? ""])
            for (var folder = build.Length > 0 ? new DirectoryInfo(build) : null; folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "Notebooks.sln"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
