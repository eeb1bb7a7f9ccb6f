namespace Affect.Cli.Commands;

/// <summary><c>lab predict</c>: the emotions of clips, by a trained system.</summary>
internal static class PredictCommand
{
    private static readonly string[] Endings = [.. PlainFolder.VideoEndings, .. PlainFolder.AudioEndings];

    internal static Command Create()
    {
        var command = new LabCommand(
            "predict", "Tell the emotion of clips by a trained system, and by which modalities. Exit code 1 if a clip had nothing to judge by.");
        var input = command.File("input", "One clip, a folder of clips, or a manifest (.csv)");
        var system = command.Required<string>("--system", "The folder of a trained system, as 'lab fuse --system' writes it");
        var transcript = command.Optional<string?>("--transcript", "What is said in the one clip; a manifest has a column for it");
        var output = command.Optional<string?>("--out", "Write the emotions to this csv file as MER2024 wants them: name,discrete");
        var probabilities = command.Optional<string?>("--probabilities", "Write every probability to this csv file");
        var device = command.Device();
        return command.RunsLong(given =>
        {
            var clips = Open(given.Of(input), given.Of(transcript));
            using var trained = EmotionSystem.Load(given.Of(system), device: given.Of(device));
            var cache = Directory.CreateTempSubdirectory("affect-predict-");
            IReadOnlyList<ClipPrediction> predictions;
            try
            {
                predictions = trained.Predict(clips, cache.FullName, clips.Clips.Count > 1 ? given.Progress : null, given.Cancel);
            }
            finally
            {
                cache.Delete(recursive: true);
            }
            if (trained.IsSynthetic)
                Say.Note($"note: this system learned from {trained.TrainedOn}, synthetic clips: what it says of people means nothing.");
            if (predictions is [var only]) Show(only, trained.Emotions);
            else Show(predictions);
            if (given.Of(output) is { } file) PredictionFile.Write(file, predictions);
            if (given.Of(probabilities) is { } all) PredictionFile.WriteProbabilities(all, trained.Emotions, predictions);
            return predictions.All(prediction => prediction.Emotion is not null) ? 0 : 1;
        });
    }

    // A single file is a corpus of one clip, whatever its name.
    private static Corpus Open(string path, string? transcript)
    {
        var full = Path.GetFullPath(path);
        var isClip = File.Exists(path) && !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (isClip) return new Corpus(Path.GetFileName(path), Path.GetDirectoryName(full)!, EmotionSet.Mer2024, [Clip(full, transcript)]);
        if (transcript is not null)
            throw new ArgumentException($"--transcript is for one clip, but {path} is none; a manifest has a column for it.", nameof(transcript));
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, Manifest.FileName))) return CorpusWarnings.Tell(Corpus.Open(path));
        string[] files = [.. Directory.EnumerateFiles(path).Where(IsClip).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new FileNotFoundException($"{path} must hold clips ({string.Join(", ", Endings)}) or a manifest, but holds neither.", path);
        var clips = files.GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal).Select(Clip);
        return new Corpus(Path.GetFileName(full), path, EmotionSet.Mer2024, [.. clips]);
    }

    private static bool IsClip(string file) => HasEnding(file, Endings) && !Path.GetFileName(file).StartsWith("._", StringComparison.Ordinal);

    private static bool HasEnding(string file, IEnumerable<string> endings) =>
        endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    // A sound file and a video of one name are one clip, as in a corpus.
    private static Clip Clip(IGrouping<string, string> files)
    {
        string[] sounds = [.. files.Where(file => HasEnding(file, PlainFolder.AudioEndings))];
        string[] videos = [.. files.Where(file => HasEnding(file, PlainFolder.VideoEndings))];
        foreach (var kind in (string[][])[sounds, videos])
            if (kind.Length > 1) throw new FormatException($"{kind[1]}: there is already a clip of this name, {kind[0]}.");
        var clip = Clip(videos.Length > 0 ? videos[0] : sounds[0], null);
        return sounds.Length > 0 && videos.Length > 0 ? clip with { AudioPath = Path.GetFullPath(sounds[0]) } : clip;
    }

    private static Clip Clip(string path, string? transcript)
    {
        var full = Path.GetFullPath(path);
        var hasPictures = HasPictures(full);
        return new Clip
        {
            Id = Path.GetFileNameWithoutExtension(full),
            AudioPath = hasPictures ? null : full,
            VideoPath = hasPictures ? full : null,
            Speaker = "unknown",
            Transcript = transcript,
        };
    }

    private static bool HasPictures(string path)
    {
        try
        {
            return new Ffmpeg().Probe(path).Video is not null;
        }
        catch (MediaException)
        {
            return true; // what is wrong with it is told when it is read, and the other clips go on
        }
    }

    private static void Show(ClipPrediction prediction, IReadOnlyList<string> emotions)
    {
        Say.Result($"{prediction.ClipId}: {prediction.Emotion ?? "nothing to judge by"}");
        foreach (var (emotion, probability) in emotions.Zip(prediction.Probabilities).OrderByDescending(pair => pair.Second))
            Say.Result($"  {emotion,-10} {probability:0.000} {new string('█', (int)Math.Round(40 * probability))}");
        Say.Result($"  used: {(prediction.Used.Count == 0 ? "nothing" : string.Join(", ", prediction.Used))}");
        foreach (var note in prediction.Notes) Say.Result($"  {note}");
    }

    private static void Show(IReadOnlyList<ClipPrediction> predictions)
    {
        Say.Table(null, ["clip", "emotion", "probability", "used"], predictions.Select(prediction => (string[])
        [
            prediction.ClipId,
            prediction.Emotion ?? "-",
            prediction.Emotion is null ? "" : $"{prediction.Probabilities.Max():0.000}",
            string.Join(", ", prediction.Used),
        ]));
        foreach (var prediction in predictions)
            foreach (var note in prediction.Notes) Say.Result($"{prediction.ClipId}: {note}");
    }
}
