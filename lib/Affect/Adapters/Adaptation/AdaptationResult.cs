namespace Affect.Adapters.Adaptation;

/// <summary>An encoder that was adapted, and how that went. Disposing it takes the adapter out of the encoder.</summary>
public sealed class AdaptationResult : IDisposable
{
    /// <summary>How it was adapted.</summary>
    public required AdaptationConfig Config { get; init; }

    /// <summary>The encoder with adapter and head; of <see cref="AdaptationConfig.TunesAll"/>, a copy of the encoder.</summary>
    public required AdaptedEncoder Adapted { get; init; }

    /// <summary>The clips learned from and those that the epoch was chosen by; indices of <see cref="AdaptationData.Sounds"/>.</summary>
    public required Fold Inner { get; init; }

    /// <summary>How the labelled clips were learned.</summary>
    public required TrainingResult Labelled { get; init; }

    /// <summary>How the clips without labels were learned; null where they were not.</summary>
    public TrainingResult? Masked { get; init; }

    /// <summary>How many numbers of the encoder were trained: the adapter's, or all of the transformer's.</summary>
    public required long TrainedInEncoder { get; init; }

    /// <summary>How many numbers the head has.</summary>
    public required long TrainedInHead { get; init; }

    /// <summary>How many numbers full fine-tuning trains in the encoder (the front end stays frozen).</summary>
    public required long FullFineTuning { get; init; }

    /// <summary>How long both phases took, in seconds; without what was kept below the adapted layers.</summary>
    public double Seconds => Labelled.Seconds + (Masked?.Seconds ?? 0);

    /// <summary>What trained, beside full fine-tuning.</summary>
    public string Count => string.Create(
        CultureInfo.InvariantCulture,
        $"{TrainedInEncoder:N0} parameters train in the encoder ({100.0 * TrainedInEncoder / FullFineTuning:0.0} % of full fine-tuning's {FullFineTuning:N0}), and {TrainedInHead:N0} in the head");

    /// <summary>Vectors and logits of some clips.</summary>
    /// <param name="data">The corpus that the encoder was adapted on.</param>
    /// <param name="clips">Which, indices of <see cref="AdaptationData.Sounds"/>; null: all.</param>
    public ClipOutputs Read(AdaptationData data, IReadOnlyList<int>? clips = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Adapted.Read(data.Prefix(Adapted.Level), data.Sounds, clips);
    }

    /// <summary>The class of each clip.</summary>
    /// <inheritdoc cref="Read"/>
    public IReadOnlyList<int> Predict(AdaptationData data, IReadOnlyList<int>? clips = null) => Read(data, clips).Predicted;

    /// <summary>How well clips are recognised.</summary>
    /// <param name="data">The corpus that the encoder was adapted on.</param>
    /// <param name="clips">Which, indices of <see cref="AdaptationData.Sounds"/>, each with a label; null: the labelled test part.</param>
    /// <exception cref="ArgumentException">A clip has no label, or there is none.</exception>
    public Scores Score(AdaptationData data, IReadOnlyList<int>? clips = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        clips ??= data.Test;
        Require.NotEmpty(clips);
        if (clips.FirstOrDefault(clip => data.Labels[clip] < 0, -1) is >= 0 and var bare) throw new ArgumentException($"clips must have labels, but '{data.Sounds.Clips[bare].Id}' has none.", nameof(clips));
        return Scores.Of([.. clips.Select(clip => data.Labels[clip])], Predict(data, clips), data.Corpus.Emotions.Count);
    }

    /// <summary>Takes the adapter out of the encoder.</summary>
    public void Dispose() => Adapted.Dispose();
}
