namespace Affect.Media;

/// <summary>When a decoded picture is shown, and its size.</summary>
/// <param name="Seconds">On the clip's clock; null where the stream does not say.</param>
/// <param name="Duration">How long a picture is shown at the stream's rate, in seconds; null where unknown.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record PictureStamp(double? Seconds, double? Duration, int Width, int Height);
