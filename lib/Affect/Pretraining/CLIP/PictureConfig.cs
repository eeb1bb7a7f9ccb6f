namespace Affect.Pretraining.CLIP;

/// <summary>Which drawn faces to learn from: Mimic's faces without their voices.</summary>
public sealed record PictureConfig : CastConfig
{
    /// <summary>How many pictures.</summary>
    public int Pictures { get; init => field = Require.AtLeast(2, value); } = 75_000;

    /// <summary>How many pictures of one clip, at moments drawn at random.</summary>
    public int PicturesPerClip { get; init => field = Require.AtLeast(1, value); } = 4;
}
