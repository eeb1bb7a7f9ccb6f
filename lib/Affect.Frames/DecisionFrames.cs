namespace Affect.Frames;

/// <summary>What was decided clip by clip, as frames; the columns are those of the csv files that the laboratory writes.</summary>
/// <remarks>For looking and joining, as <see cref="RecordFrames"/> says: scores come from <see cref="Decisions.Scores"/> and <see cref="Decisions.Compare"/>.</remarks>
public static class DecisionFrames
{
    /// <summary>A row per clip: <c>clip, speaker, emotion, predicted, correct</c> and each class's probability.</summary>
    /// <param name="decisions">The decisions.</param>
    public static DataFrame ToDataFrame(this Decisions decisions)
    {
        var frame = new FrameBuilder()
            .Decided(decisions.Clips, decisions.Speakers, decisions.Target, decisions.Predicted, (_, label) => decisions.Classes[label]);
        foreach (var (index, name) in decisions.Classes.Index()) frame.Number(name, decisions.Probabilities.Select(row => row[index]));
        return frame.Build();
    }

    /// <summary>The confusion matrix: a row per true <c>emotion</c>, a column per predicted one, counts of clips.</summary>
    /// <param name="decisions">The decisions.</param>
    public static DataFrame ConfusionToDataFrame(this Decisions decisions) => decisions.Scores.ConfusionToDataFrame(decisions.Classes);

    /// <summary>The confusion matrix: a row per true <c>emotion</c>, a column per predicted one, counts of clips.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="classes">The classes' names.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static DataFrame ConfusionToDataFrame(this Scores scores, IReadOnlyList<string> classes)
    {
        if (classes.Count != scores.Confusion.Count) throw new ArgumentException($"classes must be {scores.Confusion.Count} names, but are {classes.Count}.", nameof(classes));
        var frame = new FrameBuilder().Text("emotion", classes);
        foreach (var (index, name) in classes.Index()) frame.Whole(name, scores.Confusion.Select(row => row[index]));
        return frame.Build();
    }

    /// <summary>
    /// What a system said of clips: <c>clip, predicted</c>, each class's probability, <c>used</c> and <c>notes</c>. A clip without a decision has
    /// nulls.
    /// </summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="emotions">The system's classes, in its order.</param>
    /// <exception cref="ArgumentException">A prediction is of another number of classes.</exception>
    public static DataFrame ToDataFrame(this IEnumerable<ClipPrediction> predictions, IReadOnlyList<string> emotions)
    {
        ClipPrediction[] rows = [.. predictions];
        if (rows.FirstOrDefault(row => row.Probabilities.Count > 0 && row.Probabilities.Count != emotions.Count) is { } other)
            throw new ArgumentException($"emotions must be the {other.Probabilities.Count} classes of the system, but are {emotions.Count}.", nameof(emotions));
        var frame = new FrameBuilder().Text("clip", rows.Select(row => row.ClipId)).Text("predicted", rows.Select(row => row.Emotion));
        foreach (var (index, name) in emotions.Index())
            frame.Number(name, rows.Select(row => row.Probabilities.Count > 0 ? row.Probabilities[index] : (double?)null));
        return frame.Text("used", rows.Select(row => string.Join('+', row.Used)))
            .Text("notes", rows.Select(row => row.Notes.Count > 0 ? string.Join("; ", row.Notes) : null)).Build();
    }

    /// <summary>What an adapted encoder decided on all labelled clips: <c>clip, speaker, emotion, predicted, correct</c>.</summary>
    /// <param name="adapted">The adapted encoder's results.</param>
    public static DataFrame ToDataFrame(this AdaptedCorpus adapted)
    {
        var decided = adapted.Decided;
        return new FrameBuilder().Decided(decided.Clips, decided.Speakers, decided.Target, decided.Predicted, (_, label) => decided.Classes[label])
            .Build();
    }
}
