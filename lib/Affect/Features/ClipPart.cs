namespace Affect.Features;

/// <summary>What of a clip an encoder is given.</summary>
public enum ClipPart
{
    /// <summary>Its sound: of the sound file where it has one, or of the video.</summary>
    Sound,

    /// <summary>Its pictures.</summary>
    Pictures,

    /// <summary>Its transcript.</summary>
    Words,
}
