namespace Affect.Frames;

/// <summary>Trainings and their records, as frames.</summary>
/// <remarks>For looking and joining, as <see cref="RecordFrames"/> says: seeds and variants are compared by <see cref="Evaluation.Decisions.Compare"/>.</remarks>
public static class RunFrames
{
    /// <summary>
    /// A row per trained variant and what it was shown: <c>variant, trained, present, part, seed, clips, waf, uar, accuracy, macro_f1</c>, each
    /// class's <c>f1_…</c>, <c>ceiling, is_synthetic</c>.
    /// </summary>
    /// <param name="results">The results, of one run or of several.</param>
    public static DataFrame ToDataFrame(this IEnumerable<RunResult> results) => AddScores(new FrameBuilder(), [.. results]).Build();

    /// <summary>
    /// A row per clip of every result: <c>variant, trained, present, part, seed, clip, speaker, emotion, predicted, correct</c> and each class's
    /// probability.
    /// </summary>
    /// <param name="results">The results, of one run or of several.</param>
    public static DataFrame DecisionsToDataFrame(this IEnumerable<RunResult> results)
    {
        var rows = results.SelectMany(result =>
            Enumerable.Range(0, result.Decisions.Clips.Count).Select(clip => (Result: result, result.Decisions, Clip: clip))).ToArray();
        var frame = AddKeys(new FrameBuilder(), [.. rows.Select(row => row.Result)]).Decided(
            rows.Select(row => row.Decisions.Clips[row.Clip]), rows.Select(row => row.Decisions.Speakers[row.Clip]),
            [.. rows.Select(row => row.Decisions.Target[row.Clip])], [.. rows.Select(row => row.Decisions.Predicted[row.Clip])],
            (row, label) => rows[row].Decisions.Classes[label]);
        foreach (var name in Classes(rows.Select(row => row.Result).Distinct()))
            frame.Number(name,
                rows.Select(row => Index(row.Result, name) is { } index ? row.Decisions.Probabilities[row.Clip][index] : (double?)null));
        return frame.Build();
    }

    /// <summary>The results of runs read back from their folders: <c>run, is_finished</c> and the columns of their results; a run without results has no row.</summary>
    /// <param name="records">The records, as <see cref="RunRecord.FindAll"/> gives them.</param>
    public static DataFrame ToDataFrame(this IEnumerable<RunRecord> records)
    {
        (RunRecord Record, RunResult Result)[] rows = [.. records.SelectMany(record => record.Results.Select(result => (record, result)))];
        var frame = new FrameBuilder().Text("run", rows.Select(row => Path.GetFileName(Path.TrimEndingDirectorySeparator(row.Record.Folder))))
            .Flag("is_finished", rows.Select(row => row.Record.IsFinished));
        return AddScores(frame, [.. rows.Select(row => row.Result)]).Build();
    }

    /// <summary>A row per result of one run; see <see cref="ToDataFrame(IEnumerable{RunRecord})"/>.</summary>
    /// <param name="record">The run's record.</param>
    public static DataFrame ToDataFrame(this RunRecord record) => new[] { record }.ToDataFrame();

    /// <summary>A row per step: <c>step, loss</c>.</summary>
    /// <param name="record">The run's record.</param>
    public static DataFrame StepsToDataFrame(this RunRecord record) =>
        new FrameBuilder().Whole("step", Enumerable.Range(1, record.Losses.Count)).Number("loss", record.Losses).Build();

    /// <summary>A row per epoch: <c>epoch</c> and each validation score by its name.</summary>
    /// <param name="record">The run's record.</param>
    public static DataFrame EpochsToDataFrame(this RunRecord record)
    {
        var epochs = record.Metrics.Values.Select(values => values.Count).DefaultIfEmpty(0).Max();
        var frame = new FrameBuilder().Whole("epoch", Enumerable.Range(1, epochs));
        foreach (var (name, values) in record.Metrics)
            frame.Number(name, Enumerable.Range(0, epochs).Select(epoch => epoch < values.Count ? values[epoch] : (double?)null));
        return frame.Build();
    }

    /// <summary>
    /// A row per epoch: <c>epoch, steps, loss</c>, the loss's parts as <c>loss_…</c>, each validation score by its name, <c>seconds</c>, and
    /// <c>is_best</c> for the epoch whose weights were kept.
    /// </summary>
    /// <param name="result">How the training went.</param>
    public static DataFrame ToDataFrame(this TrainingResult result)
    {
        var epochs = result.Epochs;
        return new FrameBuilder().Whole("epoch", epochs.Select(epoch => epoch.Epoch)).Whole("steps", epochs.Select(epoch => epoch.Steps))
            .Number("loss", epochs.Select(epoch => epoch.Loss)).Entries("loss_", [.. epochs.Select(epoch => epoch.Parts)])
            .Entries("", [.. epochs.Select(epoch => epoch.Metrics)])
            .Number("seconds", epochs.Select(epoch => epoch.Seconds)).Flag("is_best", epochs.Select(epoch => epoch.Epoch == result.BestEpoch))
            .Build();
    }

    /// <summary>A row per seed and subset of the modalities; see <see cref="ToDataFrame(IEnumerable{RunResult})"/>.</summary>
    /// <param name="run">The fusion's run.</param>
    /// <param name="corpus">The corpus, whose ceilings are known if it is Mimic.</param>
    public static DataFrame ToDataFrame(this FusionRun run, Corpus corpus) => run.Results(corpus).ToDataFrame();

    /// <summary>A row per clip of every seed and subset of the modalities; see <see cref="DecisionsToDataFrame(IEnumerable{RunResult})"/>.</summary>
    /// <param name="run">The fusion's run.</param>
    /// <param name="corpus">The corpus.</param>
    public static DataFrame DecisionsToDataFrame(this FusionRun run, Corpus corpus) => run.Results(corpus).DecisionsToDataFrame();

    private static FrameBuilder AddKeys(FrameBuilder frame, RunResult[] rows) => frame
        .Text("variant", rows.Select(row => row.Variant)).Text("trained", rows.Select(row => row.Trained))
        .Text("present", rows.Select(row => row.Present))
        .Text("part", rows.Select(row => row.Part)).Whole("seed", rows.Select(row => row.Seed));

    private static FrameBuilder AddScores(FrameBuilder frame, RunResult[] rows)
    {
        var scores = rows.Select(row => row.Decisions.Scores).ToArray();
        AddKeys(frame, rows).Whole("clips", scores.Select(score => score.Count)).Number("waf", scores.Select(score => score.Waf))
            .Number("uar", scores.Select(score => score.Uar)).Number("accuracy", scores.Select(score => score.Accuracy))
            .Number("macro_f1", scores.Select(score => score.MacroF1));
        foreach (var name in Classes(rows))
            frame.Number($"f1_{name}", rows.Select((row, place) => Index(row, name) is { } index ? scores[place].PerClassF1[index] : (double?)null));
        return frame.Number("ceiling", rows.Select(row => row.Ceiling)).Flag("is_synthetic", rows.Select(row => row.IsSynthetic));
    }

    private static string[] Classes(IEnumerable<RunResult> results) => [.. results.SelectMany(result => result.Decisions.Classes).Distinct(StringComparer.Ordinal)];

    private static int? Index(RunResult result, string name) => result.Decisions.Classes.ToList().IndexOf(name) is >= 0 and var index ? index : null;
}
