namespace Affect.Features;

/// <summary>How the pictures of a corpus's clips become sequences of frames.</summary>
public sealed record FrameExtractorConfig : WindowConfig
{
    /// <summary>Five pictures a second; pictures take more memory than sound, so fewer clips are at work.</summary>
    public FrameExtractorConfig() => WindowClips = 16;

    /// <summary>Which pictures are looked at.</summary>
    public FrameSampling Sampling { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = FrameSampling.PerSecond(5);

    /// <summary>Which of the encoder's outputs is kept.</summary>
    public FrameOutput Output { get; init; } = FrameOutput.Feature;

    /// <summary>Pictures encoded at once; those of one clip only, so that a clip's frames do not depend on its neighbours.</summary>
    public int BatchFrames { get; init => field = Require.AtLeast(1, value); } = 32;
}
