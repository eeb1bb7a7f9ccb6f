namespace Affect.Data;

/// <summary>One recording: a sound file, a video, or both, of one speaker.</summary>
public sealed record Clip
{
    /// <summary>The clip's name, unique within its corpus.</summary>
    public required string Id { get; init; }

    /// <summary>The sound file, as an absolute path; null where the sound is the video's.</summary>
    public string? AudioPath { get; init; }

    /// <summary>The video file, as an absolute path; null for a clip without pictures.</summary>
    public string? VideoPath { get; init; }

    /// <summary>Who speaks; never empty, since folds are by speaker.</summary>
    public required string Speaker { get; init; }

    /// <summary>The recording session; null where the corpus has none.</summary>
    public string? Session { get; init; }

    /// <summary>The emotion's name; null where the clip is unlabelled.</summary>
    public string? Emotion { get; init; }

    /// <summary>What is said; null where nobody wrote it down.</summary>
    public string? Transcript { get; init; }

    /// <summary>The part of the corpus, one of <see cref="SplitNames"/>; null where the corpus has no parts.</summary>
    public string? Split { get; init; }

    /// <summary>Every other column of the manifest, in its order; empty cells are left out.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The file to listen to: the sound file where there is one, otherwise the video.</summary>
    /// <exception cref="InvalidOperationException">The clip has neither.</exception>
    public string MediaPath => AudioPath ?? VideoPath ?? throw new InvalidOperationException($"Clip '{Id}' has neither sound nor video.");

    /// <summary>The clip's name, who speaks, and the emotion.</summary>
    public override string ToString() => $"{Id} ({Speaker}, {Emotion ?? "unlabelled"})";
}
