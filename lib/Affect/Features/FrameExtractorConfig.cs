namespace Affect.Features;

/// <summary>How the pictures of a corpus's clips become sequences of frames.</summary>
public sealed record FrameExtractorConfig
{
    /// <summary>Which pictures are looked at.</summary>
    public FrameSampling Sampling { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = FrameSampling.PerSecond(5);

    /// <summary>Which of the encoder's outputs is kept.</summary>
    public FrameOutput Output { get; init; } = FrameOutput.Feature;

    /// <summary>Pictures encoded at once; those of one clip only, so that a clip's frames do not depend on its neighbours.</summary>
    public int BatchFrames { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>How many clips are decoded ahead of the encoder; with those that it works on, so many are in memory twice over.</summary>
    public int WindowClips { get; init => field = Require.Between(1, 100_000, value); } = 16;

    /// <summary>How many clips are decoded at once, beside the encoder.</summary>
    public int DecodeWorkers { get; init => field = Require.Between(1, 256, value); } = Math.Min(4, Environment.ProcessorCount);
}
