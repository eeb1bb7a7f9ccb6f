namespace Affect.Prediction;

/// <summary>Everything from a clip to its emotion: how each modality is read, and the fusions that were trained on them, whose logits are averaged.</summary>
public sealed partial class EmotionSystem : IDisposable
{
    private readonly IReadOnlyList<IModalitySource> sources;
    private readonly IReadOnlyList<FittedFusion> members;
    private readonly IReadOnlyList<string> memberFolders;

    /// <summary>Puts a system together.</summary>
    /// <param name="trainedOn">The corpus that it was trained on, by name.</param>
    /// <param name="isSynthetic">Whether that corpus is synthetic; whoever shows predictions says so.</param>
    /// <param name="sources">How each modality is read, in the order of the fusions' modalities.</param>
    /// <param name="memberFolders">The folders of the trained fusions, as of the folds of one run.</param>
    /// <exception cref="FileNotFoundException">A folder holds no trained fusion.</exception>
    /// <exception cref="FormatException">A file is damaged, or the fusions are of other modalities than the sources or of unlike classes.</exception>
    public EmotionSystem(string trainedOn, bool isSynthetic, IReadOnlyList<IModalitySource> sources, IReadOnlyList<string> memberFolders)
    {
        Require.NotEmpty(sources);
        Require.NotEmpty(memberFolders);
        var opened = new List<FittedFusion>();
        try
        {
            foreach (var folder in memberFolders)
            {
                opened.Add(FittedFusion.Load(folder));
                var modalities = opened[^1].Fusion.Config.Modalities.Select(modality => modality.Name);
                if (!modalities.SequenceEqual(sources.Select(source => source.Modality)) || !opened[^1].Emotions.SequenceEqual(opened[0].Emotions))
                    throw new FormatException($"{folder} must be a fusion of {string.Join(", ", sources.Select(source => source.Modality))} with the classes {string.Join(", ", opened[0].Emotions)}, but is of {string.Join(", ", modalities)} with {string.Join(", ", opened[^1].Emotions)}.");
            }
        }
        catch
        {
            foreach (var member in opened) member.Dispose();
            throw;
        }
        (TrainedOn, IsSynthetic, this.sources, members, this.memberFolders) = (trainedOn, isSynthetic, sources, opened, [.. memberFolders.Select(Path.GetFullPath)]);
    }

    /// <summary>Whether the sources are freed with the system.</summary>
    public bool OwnsSources { get; init; } = true;

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Emotions => members[0].Emotions;

    /// <summary>The corpus that it was trained on, by name.</summary>
    public string TrainedOn { get; }

    /// <summary>Whether it learned from synthetic clips only.</summary>
    public bool IsSynthetic { get; }

    /// <summary>The modalities, in order.</summary>
    public IReadOnlyList<string> Modalities => [.. sources.Select(source => source.Modality)];

    /// <summary>What each modality's features are.</summary>
    public IReadOnlyList<string> Sources => [.. sources.Select(source => $"{source.Modality}: {source.Source}")];

    /// <summary>Judges clips. A modality that a clip does not have, or in which nothing is said, is left out for that clip, and the reason told.</summary>
    /// <param name="clips">The clips; labels play no part.</param>
    /// <param name="cache">A folder for features.</param>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work; features that are finished are kept.</param>
    /// <returns>One prediction per clip, in order.</returns>
    public IReadOnlyList<ClipPrediction> Predict(Corpus clips, string cache, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(clips);
        var features = sources.Select(source => source.Read(clips, cache, progress, cancel)).ToArray();
        var predictions = new List<ClipPrediction>(clips.Clips.Count);
        foreach (var clip in clips.Clips)
        {
            cancel.ThrowIfCancellationRequested();
            var notes = new List<string>();
            var rows = new float[]?[sources.Count];
            for (var m = 0; m < sources.Count; m++)
            {
                var row = features[m].Features?.RowOf(clip.Id);
                var reason = row is null ? features[m].Missing.GetValueOrDefault(clip.Id, "it could not be read") : sources[m].Absent(clip, cache);
                if (reason is null) rows[m] = features[m].Features!.Row(row!.Value).ToArray();
                else notes.Add($"no {sources[m].Modality}: {reason}");
            }
            predictions.Add(Judge(clip.Id, rows, notes));
        }
        return predictions;
    }

    /// <summary>Frees the fusions, and the encoders if they are the system's own.</summary>
    public void Dispose()
    {
        if (OwnsSources)
            foreach (var source in sources) source.Dispose();
        foreach (var member in members) member.Dispose();
    }

    private ClipPrediction Judge(string clip, float[]?[] rows, IReadOnlyList<string> notes)
    {
        string[] used = [.. sources.Where((_, m) => rows[m] is not null).Select(source => source.Modality)];
        if (used.Length == 0) return new ClipPrediction { ClipId = clip, Emotion = null, Probabilities = [], Used = [], Notes = notes };
        var logits = new double[Emotions.Count];
        foreach (var member in members)
            foreach (var (emotion, value) in member.Logits(rows, clips: 1)[0].Index()) logits[emotion] += value / members.Count;
        double[] odds = [.. logits.Select(value => Math.Exp(value - logits.Max()))];
        double[] probabilities = [.. odds.Select(value => value / odds.Sum())];
        var best = Enumerable.Range(0, probabilities.Length).MaxBy(index => probabilities[index]);
        return new ClipPrediction { ClipId = clip, Emotion = Emotions[best], Probabilities = probabilities, Used = used, Notes = notes };
    }
}
