namespace Affect.Data.Mimicry;

/// <summary>
/// The embedded corpus: talking faces that a program draws and voices that espeak-ng speaks, generated in minutes wherever they are needed.
/// Voice, face and words each express the clip's emotion only with a probability of their own, so that what can be reached with each set of
/// modalities is known exactly (<see cref="MimicCeiling"/>). Synthetic through and through; no result on it says how a method does on people.
/// </summary>
/// <remarks>
/// Clips are ordinary mp4 files in <c>clips/</c>; <c>manifest.csv</c> holds, beside the usual columns, everything that was drawn: the true
/// emotion, what each modality expresses, and each cue's value. Same settings, same manifest, on every machine; the media files are the same
/// bytes only under the same versions of espeak-ng and ffmpeg.
/// </remarks>
public static class Mimic
{
    /// <summary>The corpus's name.</summary>
    public const string Name = Manifest.Embedded;

    private const string RecordName = "mimic.json";

    // How many clips share an ffmpeg at most: its start is a matter of a tenth of a second, and what is not finished is lost with a killed run.
    private const int ClipsTogether = 8;

    /// <summary>Generates a corpus, or goes on where an interrupted run stopped, or opens the finished one.</summary>
    /// <param name="root">The folder; made if it is missing.</param>
    /// <param name="config">What to generate; null is the defaults.</param>
    /// <param name="progress">Receives progress after every few clips; may be null.</param>
    /// <param name="cancellation">Ends the work; clips that are finished are kept.</param>
    /// <returns>The corpus, with the six emotions of <see cref="EmotionSet.Mer2024"/>.</returns>
    /// <exception cref="ArgumentException">The folder holds another corpus.</exception>
    /// <exception cref="FileNotFoundException">espeak-ng or ffmpeg is not installed.</exception>
    /// <exception cref="IOException">A clip cannot be made or written.</exception>
    public static Corpus Generate(string root, MimicConfig? config = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentException.ThrowIfNullOrEmpty(root);
        config ??= new MimicConfig();
        root = Path.GetFullPath(root);
        var plans = CorpusPlan.Draw(config);
        var manifest = Manifest.Format([.. plans.Select(plan => plan.ToClip(root))], root);
        Claim(root, config, manifest);

        var missing = plans.Where(plan => !File.Exists(Path.Combine(root, plan.RelativePath))).ToArray();
        var resumed = plans.Length - missing.Length;
        var done = resumed;
        var gate = new Lock();
        Report();
        var voice = new VoiceActor(new Espeak(config.Espeak));
        var workers = config.Workers > 0 ? config.Workers : Environment.ProcessorCount;
        // Few clips are shared out among the workers.
        var batches = missing.Chunk(Math.Clamp(missing.Length / (4 * workers), 1, ClipsTogether)).ToArray();
        try
        {
            Parallel.ForEach(batches, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, batch =>
            {
                Render(batch, voice, config.Seed, root, cancellation);
                lock (gate)
                {
                    done += batch.Length;
                    Report();
                }
            });
        }
        catch (AggregateException error)
        {
            // One missing program fails every worker; the caller is told once, in its own words.
            ExceptionDispatchInfo.Throw(error.InnerExceptions.FirstOrDefault(inner => inner is OperationCanceledException) ?? error.InnerExceptions[0]);
        }
        // The manifest comes last: a folder that has one is complete.
        AtomicFile.Write(Path.Combine(root, Manifest.FileName), stream => stream.Write(manifest));
        return Manifest.Read(Path.Combine(root, Manifest.FileName));

        void Report() => progress?.Report(new WorkProgress("Generating Mimic", done, plans.Length, "clips", resumed));
    }

    /// <summary>The hash of the manifest that given settings lead to, without generating anything: SHA-256, in hexadecimal.</summary>
    public static string ManifestHash(MimicConfig config)
    {
        var plan = Plan(config);
        return Hash(Manifest.Format(plan.Clips, plan.Root));
    }

    /// <summary>The corpus that given settings lead to, without its media: enough for what needs only words, labels, speakers and parts.</summary>
    /// <param name="config">What would be generated.</param>
    public static Corpus Plan(MimicConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var root = Path.GetTempPath();
        return new Corpus(Name, root, EmotionSet.Mer2024, [.. CorpusPlan.Draw(config).Select(plan => plan.ToClip(root))], isSynthetic: true);
    }

    /// <summary>Whether a corpus is made of Mimic's clips, so that its ceilings are known.</summary>
    public static bool IsMimic(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return corpus.IsSynthetic && corpus.Clips.Count > 0 && corpus.Clips.All(clip => clip.Extras.ContainsKey(ClipPlan.EmotionColumn));
    }

    /// <summary>The class number of a clip's true emotion, which the manifest keeps for unlabelled clips too; for measuring, never for learning.</summary>
    /// <exception cref="ArgumentException">The clip does not come from Mimic.</exception>
    public static int TrueEmotion(Clip clip) => Latent(clip, ClipPlan.EmotionColumn);

    /// <summary>Draws a picture of the corpus's people, one row a speaker and one column an emotion, fully expressed.</summary>
    /// <param name="path">The png file.</param>
    /// <param name="config">Whose people.</param>
    /// <param name="speakers">How many rows, at least 1; not more than there are speakers are drawn.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void DrawContactSheet(string path, MimicConfig config, int speakers = 8)
    {
        ArgumentNullException.ThrowIfNull(config);
        var (rgb, width, height) = ContactSheet.Draw(config, Require.AtLeast(1, speakers, nameof(speakers)));
        PngFile.Write(path, rgb, width, height);
    }

    internal static string Generator => $"{Name} {MimicConfig.Version}";

    internal static int Latent(Clip clip, string column)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var emotion = EmotionSet.Mer2024.IndexOf(clip.Extras.GetValueOrDefault(column));
        return emotion >= 0 ? emotion : throw new ArgumentException($"Clip '{clip.Id}' must come from Mimic, but has no '{column}' in its manifest.", nameof(clip));
    }

    private static void Render(ClipPlan[] plans, VoiceActor voice, int seed, string root, CancellationToken cancellation)
    {
        Movie[] movies = [.. plans.Select(plan =>
        {
            cancellation.ThrowIfCancellationRequested();
            var waveform = voice.Speak(plan, seed);
            return new Movie(Path.Combine(root, plan.RelativePath), new FaceActor(plan, waveform, Espeak.SampleRate, seed).Perform(), waveform);
        })];
        MediaWriter.WriteTogether(movies, FaceActor.Size, FaceActor.Size, FaceActor.FramesPerSecond, Espeak.SampleRate, cancellation);
    }

    // Finished clips may be kept only if they are of the same corpus: the folder says which one it was begun for.
    private static void Claim(string root, MimicConfig config, byte[] manifest)
    {
        var record = Path.Combine(root, RecordName);
        var wanted = JsonSerializer.Serialize(new
        {
            generator = Generator,
            clips = config.Clips,
            seed = config.Seed,
            manifest_sha256 = Hash(manifest),
        });
        if (File.Exists(record))
        {
            var found = RegularFile.ReadAllText(record).Trim();
            if (found == wanted) return;
            throw new ArgumentException($"{root} must be empty or hold the same corpus, but was begun for another one: {found}. Choose another folder or remove it.", nameof(root));
        }
        if (File.Exists(Path.Combine(root, Manifest.FileName)))
            throw new ArgumentException($"{root} must be empty or hold a Mimic corpus, but holds a {Manifest.FileName} of something else. Choose another folder.", nameof(root));
        AtomicFile.WriteText(record, wanted + "\n");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
