namespace Affect.Features;

/// <summary>How many clips an extraction has at work, and which part of the corpus it does.</summary>
public record WindowConfig
{
    /// <summary>How many clips are decoded, and where it matters sorted by length, together. Two windows are in memory at a time, whatever the size of the corpus.</summary>
    public int WindowClips { get; init => field = Require.Between(1, 100_000, value); } = 64;

    /// <summary>Which part of the corpus this run does; whole windows, so that parts together give the same bytes as one run.</summary>
    public Shard Shard { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Shard.Whole;

    /// <summary>How many clips are decoded at once, beside the encoder.</summary>
    public int DecodeWorkers { get; init => field = Require.Between(1, 256, value); } = Math.Min(4, Environment.ProcessorCount);
}
