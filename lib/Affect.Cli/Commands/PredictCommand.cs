namespace Affect.Cli.Commands;

/// <summary><c>lab predict</c>: the emotions of clips, by a trained system.</summary>
internal static class PredictCommand
{
    private static readonly string[] Endings = [.. PlainFolder.VideoEndings, .. PlainFolder.AudioEndings];

    internal static Command Create()
    {
        var input = new Argument<string>("input") { Description = "One clip, a folder of clips, or a manifest (.csv)" };
        var system = new Option<string>("--system") { Description = "The folder of a trained system, as 'lab fuse --system' writes it", Required = true };
        var transcript = new Option<string?>("--transcript") { Description = "What is said in the one clip; a manifest has a column for it" };
        var output = new Option<string?>("--out") { Description = "Write the emotions to this csv file as MER2024 wants them: name,discrete" };
        var probabilities = new Option<string?>("--probabilities") { Description = "Write every probability to this csv file" };
        var device = DeviceChoice.Option();
        var command = new Command("predict", "Tell the emotion of clips by a trained system, and which modalities it was told by. Exit code 1 if a clip had nothing to judge by.")
        {
            input, system, transcript, output, probabilities, device,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var clips = Open(parsed.GetRequiredValue(input), parsed.GetValue(transcript));
                using var trained = EmotionSystem.Load(parsed.GetRequiredValue(system), device: DeviceChoice.Of(parsed.GetValue(device)));
                var cache = Directory.CreateTempSubdirectory("affect-predict-");
                IReadOnlyList<ClipPrediction> predictions;
                try
                {
                    using var progress = clips.Clips.Count > 1 ? new ConsoleProgress() : null;
                    predictions = trained.Predict(clips, cache.FullName, progress, ct);
                }
                finally
                {
                    cache.Delete(recursive: true);
                }
                if (trained.IsSynthetic) Console.Error.WriteLine($"note: this system learned from {trained.TrainedOn}, synthetic clips: what it says of people means nothing.");
                if (predictions is [var only]) Show(only, trained.Emotions);
                else Show(predictions);
                if (parsed.GetValue(output) is { } file) PredictionFile.Write(file, predictions);
                if (parsed.GetValue(probabilities) is { } all) PredictionFile.WriteProbabilities(all, trained.Emotions, predictions);
                return predictions.All(prediction => prediction.Emotion is not null) ? 0 : 1;
            },
            CancellationToken.None));
        return command;
    }

    // A single file is a corpus of one clip, whatever its name.
    private static Corpus Open(string path, string? transcript)
    {
        var isClip = File.Exists(path) && !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (!isClip && transcript is not null) throw new ArgumentException($"--transcript is for one clip, but {path} is none; a manifest has a column for it.", nameof(transcript));
        if (isClip) return new Corpus(Path.GetFileName(path), Path.GetDirectoryName(Path.GetFullPath(path))!, EmotionSet.Mer2024, [Clip(path, transcript)]);
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, Manifest.FileName))) return CorpusWarnings.Tell(Corpus.Open(path));
        string[] files = [.. Directory.EnumerateFiles(path).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(file).StartsWith("._", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new FileNotFoundException($"{path} must hold clips ({string.Join(", ", Endings)}) or a manifest, but holds neither.", path);
        return new Corpus(Path.GetFileName(Path.GetFullPath(path)), path, EmotionSet.Mer2024, [.. files.GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal).Select(Clip)]);
    }

    // A sound file and a video of one name are one clip, as in a corpus.
    private static Clip Clip(IGrouping<string, string> files)
    {
        string[] Of(IReadOnlyList<string> endings) => [.. files.Where(file => endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))];
        var (sounds, videos) = (Of(PlainFolder.AudioEndings), Of(PlainFolder.VideoEndings));
        if (sounds.Length > 1 || videos.Length > 1) throw new FormatException($"{(sounds.Length > 1 ? sounds : videos)[1]}: there is already a clip of this name, {(sounds.Length > 1 ? sounds : videos)[0]}.");
        var clip = Clip(videos.Length > 0 ? videos[0] : sounds[0], null);
        return sounds.Length > 0 && videos.Length > 0 ? clip with { AudioPath = Path.GetFullPath(sounds[0]) } : clip;
    }

    private static Clip Clip(string path, string? transcript)
    {
        var full = Path.GetFullPath(path);
        return new Clip
        {
            Id = Path.GetFileNameWithoutExtension(full),
            AudioPath = HasPictures(full) ? null : full,
            VideoPath = HasPictures(full) ? full : null,
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
        Console.WriteLine($"{prediction.ClipId}: {prediction.Emotion ?? "nothing to judge by"}");
        foreach (var (emotion, probability) in emotions.Zip(prediction.Probabilities).OrderByDescending(pair => pair.Second))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {emotion,-10} {probability:0.000} {new string('█', (int)Math.Round(40 * probability))}"));
        Console.WriteLine($"  used: {(prediction.Used.Count == 0 ? "nothing" : string.Join(", ", prediction.Used))}");
        foreach (var note in prediction.Notes) Console.WriteLine($"  {note}");
    }

    private static void Show(IReadOnlyList<ClipPrediction> predictions)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("clip", "emotion", "probability", "used");
        foreach (var prediction in predictions)
        {
            table.AddRow(
                Markup.Escape(prediction.ClipId), prediction.Emotion ?? "-", prediction.Emotion is null ? "" : prediction.Probabilities.Max().ToString("0.000", CultureInfo.InvariantCulture),
                Markup.Escape(string.Join(", ", prediction.Used)));
        }
        AnsiConsole.Write(table);
        foreach (var prediction in predictions)
            foreach (var note in prediction.Notes) Console.WriteLine($"{prediction.ClipId}: {note}");
    }
}
