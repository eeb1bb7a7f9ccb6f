namespace Affect.Prediction;

/// <summary>Predictions as csv files.</summary>
public static class PredictionFile
{
    /// <summary>As MER2024 wants them: <c>name,discrete</c>. Clips without a decision are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="predictions">The predictions.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<ClipPrediction> predictions) =>
        Write(path, ["name", "discrete"], predictions, prediction => [prediction.ClipId, prediction.Emotion!]);

    /// <summary>Every probability and what was used: <c>name,…emotions…,used</c>. Clips without a decision are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="emotions">The classes' names.</param>
    /// <param name="predictions">The predictions.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteProbabilities(string path, IReadOnlyList<string> emotions, IEnumerable<ClipPrediction> predictions) =>
        Write(path, ["name", .. emotions, "used"], predictions, prediction =>
            [prediction.ClipId, .. prediction.Probabilities.Select(value => value.ToString("0.######", CultureInfo.InvariantCulture)), string.Join('+', prediction.Used)]);

    private static void Write(string path, string[] header, IEnumerable<ClipPrediction> predictions, Func<ClipPrediction, string[]> row)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        AtomicFile.Write(path, stream =>
        {
            using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            csv.WriteRecord(header);
            foreach (var prediction in predictions.Where(prediction => prediction.Emotion is not null)) csv.WriteRecord(row(prediction));
        });
    }
}
