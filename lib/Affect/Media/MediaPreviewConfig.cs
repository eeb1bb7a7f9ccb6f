namespace Affect.Media;

/// <summary>How small a preview is.</summary>
public sealed record MediaPreviewConfig
{
    /// <summary>Seconds taken from the start.</summary>
    public double Seconds { get; init => field = Require.Between(0.1, 3600.0, value); } = 8;

    /// <summary>Bytes at most; a longer preview is cut shorter until it fits.</summary>
    public int MostBytes { get; init => field = Require.AtLeast(4000, value); } = 45_000;

    /// <summary>Pixels across at most.</summary>
    public int PictureWidth { get; init => field = Require.Between(16, 4096, value); } = 144;

    /// <summary>Pictures a second.</summary>
    public double FramesPerSecond { get; init => field = Require.Between(1.0, 60.0, value); } = 10;

    /// <summary>Bits a second of the sound, which is mono at 16 kHz.</summary>
    public int SoundBitRate { get; init => field = Require.Between(8000, 320_000, value); } = 24_000;
}
