namespace Affect.Pretraining.CLIP;

/// <summary>Which drawn faces to learn from: Mimic's faces without their voices.</summary>
public sealed record PictureConfig
{
    /// <summary>How many pictures.</summary>
    public int Pictures { get; init => field = Require.AtLeast(2, value); } = 75_000;

    /// <summary>How many pictures of one clip, at moments drawn at random.</summary>
    public int PicturesPerClip { get; init => field = Require.AtLeast(1, value); } = 4;

    /// <summary>The seed of the first cast of speakers; further casts take the numbers after it.</summary>
    public int Seed { get; init; } = 1001;

    /// <summary>The seed of the corpus that results will be reported on. No cast has it, so none of its faces is seen.</summary>
    public int HeldOutSeed { get; init; } = 1;

    /// <summary>How many speakers a cast has.</summary>
    public int SpeakersPerCast { get; init => field = Require.Between(4, 999, value); } = 96;

    /// <summary>How many clips of a cast are looked at.</summary>
    public int ClipsPerCast { get; init => field = Require.AtLeast(12, value); } = 480;
}
