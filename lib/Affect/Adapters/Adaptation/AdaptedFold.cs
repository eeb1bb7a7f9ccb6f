namespace Affect.Adapters.Adaptation;

/// <summary>One outer fold's adaptation: what it makes of every clip, and what it cost.</summary>
public sealed record AdaptedFold
{
    /// <summary>The clips that could be heard, of all parts.</summary>
    public required IReadOnlyList<string> ClipIds { get; init; }

    /// <summary>What was learned from, chosen by and is to be judged; positions in <see cref="ClipIds"/>.</summary>
    public required OuterFold Fold { get; init; }

    /// <summary>
    /// One vector per clip that was read, as a table of one layer: all clips, or those that the fold judges. Of clips in <see cref="OuterFold.Train"/>, and of
    /// those alone, it has seen the labels.
    /// </summary>
    public required FeatureTable Features { get; init; }

    /// <summary>Logits, one row of classes per clip of <see cref="Features"/>.</summary>
    public required IReadOnlyList<float[]> Logits { get; init; }

    /// <summary>How many numbers trained in the encoder.</summary>
    public required long TrainedInEncoder { get; init; }

    /// <summary>How many numbers trained in the head.</summary>
    public required long TrainedInHead { get; init; }

    /// <summary>How many numbers full fine-tuning trains in the encoder.</summary>
    public required long FullFineTuning { get; init; }

    /// <summary>How long training took where it was done, in seconds; without what was kept below the adapted layers.</summary>
    public required double Seconds { get; init; }

    /// <summary>WAF of the kept epoch on the clips that it was chosen by.</summary>
    public required double InnerWaf { get; init; }

    /// <summary>The folder of adapter and head, as <see cref="Affect.Adapters.Adaptation.AdaptedEncoder.Load"/> reads it.</summary>
    public required string Folder { get; init; }
}
