namespace Affect.Features;

/// <summary>One clip on its way through an extraction.</summary>
internal sealed class WindowClip(Clip clip)
{
    internal Clip Clip { get; } = clip;

    /// <summary>Whose features these will be; null until the media is hashed.</summary>
    internal string? MediaHash { get; set; }

    /// <summary>Whether the store lacks the clip.</summary>
    internal bool IsMissing { get; set; } = true;

    /// <summary>The sound; null until decoded, and again when done with.</summary>
    internal float[]? Waveform { get; set; }

    /// <summary>Why the clip gives no features; null while it may.</summary>
    internal string? Failure { get; set; }
}
