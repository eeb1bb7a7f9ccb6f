namespace Affect.Features;

/// <summary>
/// Whose labels something has learned from: each clip is known by what its media file holds, so that people of another corpus who go by the same names are
/// strangers, and the same people under other names or in other parts of a corpus are not.
/// </summary>
public static class LearnedClips
{
    private const int Digits = 16;

    /// <summary>What a clip is known by; null where its file cannot be read.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static string? KeyOf(Clip clip, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if ((clip.AudioPath ?? clip.VideoPath) is not { } path) return null;
        try
        {
            return KeyOf(MediaHashes.ContentOf(path, cancel));
        }
        catch (MediaException)
        {
            return null;
        }
    }

    /// <summary>The speakers of a corpus who said one of the clips, or more.</summary>
    /// <param name="learned">What the clips are known by.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="keysOf">What a clip of the corpus may be known by; null: what its file holds.</param>
    /// <param name="cancel">Ends the work.</param>
    public static IReadOnlySet<string> SpeakersMet(IReadOnlyList<string>? learned, Corpus corpus, Func<Clip, IEnumerable<string>>? keysOf = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var (known, met) = ((learned ?? []).ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        if (known.Count == 0) return met;
        keysOf ??= clip => KeyOf(clip, cancel) is { } key ? [key] : [];
        foreach (var clip in corpus.Clips)
        {
            cancel.ThrowIfCancellationRequested();
            if (!met.Contains(clip.Speaker) && keysOf(clip).Any(known.Contains)) met.Add(clip.Speaker);
        }
        return met;
    }

    /// <summary>What a clip is known by whose file has this SHA-256.</summary>
    internal static string KeyOf(string mediaHash) => mediaHash[..Digits];
}
