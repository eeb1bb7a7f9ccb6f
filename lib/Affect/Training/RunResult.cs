namespace Affect.Training;

/// <summary>What one trained variant decided on clips that had no part in its training or choice.</summary>
public sealed record RunResult
{
    /// <summary>What was trained, as in <c>attention</c> or <c>attention, modality dropout</c>.</summary>
    public required string Variant { get; init; }

    /// <summary>All that decides it but the seed, as text: runs of one recipe and several seeds are one variant, others are not, whatever they are called. Null: not known, as in older records.</summary>
    public string? Recipe { get; init; }

    /// <summary>The run's folder, of what was read back.</summary>
    public string? Folder { get; init; }

    /// <summary>The seed it was trained with.</summary>
    public required int Seed { get; init; }

    /// <summary>What it was shown, as in <c>acoustic+visual</c>; a part of what it was trained on in a test of missing modalities.</summary>
    public required string Present { get; init; }

    /// <summary>The modalities it was trained on.</summary>
    public required string Trained { get; init; }

    /// <summary>Which part of the corpus was decided on, as in <c>test</c>.</summary>
    public string Part { get; init; } = "test";

    /// <summary>The best WAF that can be expected of what it was shown, where it is known (synthetic data).</summary>
    public double? Ceiling { get; init; }

    /// <summary>Whether the clips are synthetic.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>The decisions.</summary>
    public required Decisions Decisions { get; init; }
}
