namespace Affect.Data;

/// <summary>
/// A corpus without a manifest: one folder per emotion, the speaker in each file's name, at its front unless the names are those of a published corpus
/// (IEMOCAP, RAVDESS, CREMA-D, EmoDB, SAVEE, TESS, ESD, nEMO, EMOVO, ShEMO, CaFE, SUBESCO, MSP-IMPROV, AESDD). What was guessed is told in <see cref="Corpus.Warnings"/>.
/// <code>
/// corpus/
///   angry/anna_01.wav        emotion angry, speaker anna, clip angry/anna_01
///   angry/anna_01.txt        (optional) what she says
///   happy/ben-kitchen.mp4    emotion happy, speaker ben
/// </code>
/// Hidden files and the <c>._</c> files of macOS are passed over. A sound file and a video of the same name are one clip.
/// </summary>
public static class PlainFolder
{
    private const string Layout = "<folder>/<emotion>/<speaker>_<anything>.wav (or .flac .mp3 .ogg .opus .m4a .aac .mp4 .avi .mkv .mov .webm)";

    /// <summary>The endings of files of sound that are taken for clips, in small letters.</summary>
    public static IReadOnlyList<string> AudioEndings { get; } = [".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".aac"];

    /// <summary>The endings of videos that are taken for clips, in small letters.</summary>
    public static IReadOnlyList<string> VideoEndings { get; } = [".mp4", ".avi", ".mkv", ".mov", ".webm"];

    /// <summary>Opens the folder.</summary>
    /// <param name="root">The folder of the emotions' folders.</param>
    /// <param name="emotions">The classes; null takes the folders' names.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FormatException">No clip was found, a name tells no speaker, or a folder is not one of the given emotions.</exception>
    public static Corpus Open(string root, EmotionSet? emotions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"{root} does not exist.");
        var clips = new SortedDictionary<string, Clip>(StringComparer.Ordinal);
        var guess = new SpeakerGuess();
        foreach (var folder in Directory.EnumerateDirectories(root).Where(IsVisible))
        {
            var emotion = Path.GetFileName(folder);
            foreach (var file in Directory.EnumerateFiles(folder).Where(IsVisible).Order(StringComparer.Ordinal))
                Add(clips, guess, file, emotion, emotions);
        }
        if (clips.Count == 0)
            throw new FormatException($"{root} holds neither {Manifest.FileName} nor clips laid out as {Layout}.");
        try
        {
            emotions ??= EmotionSet.Of(clips.Values.Select(clip => clip.Emotion!));
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{root}: the emotions' folders must differ in more than capitals: {error.Message}", error);
        }
        return new Corpus(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))), root, emotions, [.. clips.Values], warnings: guess.Warnings());
    }

    private static void Add(SortedDictionary<string, Clip> clips, SpeakerGuess guess, string file, string emotion, EmotionSet? emotions)
    {
        var ending = Path.GetExtension(file).ToLowerInvariant();
        var isAudio = AudioEndings.Contains(ending, StringComparer.Ordinal);
        if (!isAudio && !VideoEndings.Contains(ending, StringComparer.Ordinal)) return;
        if (emotions is not null && !emotions.Contains(emotion))
            throw new FormatException($"{file}: its folder must be one of the emotions {emotions}, but is '{emotion}'.");
        var name = Path.GetFileNameWithoutExtension(file);
        var id = $"{emotion}/{name}";
        var path = Path.GetFullPath(file);
        if (!clips.TryGetValue(id, out var clip))
        {
            var (speaker, session) = guess.Of(id, name, emotion)
                ?? throw new FormatException($"{file}: its name must begin with the speaker and '_' or '-', as in {Layout}; speakers decide the folds.");
            clip = new Clip { Id = id, Speaker = speaker, Session = session, Emotion = emotion, Transcript = ReadTranscript(file) };
        }
        if ((isAudio ? clip.AudioPath : clip.VideoPath) is { } twin) throw new FormatException($"{file}: there is already a clip of this name, {twin}.");
        clips[id] = isAudio ? clip with { AudioPath = path } : clip with { VideoPath = path };
    }

    private static string? ReadTranscript(string file)
    {
        var beside = Path.ChangeExtension(file, ".txt");
        PointerFile.Refuse(beside);
        return File.Exists(beside) && RegularFile.ReadAllText(beside).Trim() is { Length: > 0 } text ? text : null;
    }

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith('.');
}
