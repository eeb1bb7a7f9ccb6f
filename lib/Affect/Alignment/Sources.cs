namespace Affect.Alignment;

/// <summary>Numbers the sources of clips: two clips with one number are never each other's negatives.</summary>
public static class Sources
{
    /// <summary>Each clip's source.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="rule">What makes a source.</param>
    /// <returns>One number per clip.</returns>
    public static IReadOnlyList<long> Of(IReadOnlyList<Clip> clips, NegativeSource rule)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var numbers = new Dictionary<(string? Speaker, string? Session, string? Clip), long>();
        var sources = new long[clips.Count];
        foreach (var (index, clip) in clips.Index())
        {
            // A session's name may be used again for another speaker's: IEMOCAP's are shared by two who are heard in one recording.
            var key = rule switch
            {
                NegativeSource.Speaker => (clip.Speaker, null, null),
                NegativeSource.Session when clip.Session is not null => (null, clip.Session, null),
                _ => ((string?)null, (string?)null, clip.Id),
            };
            if (!numbers.TryGetValue(key, out var number)) numbers[key] = number = numbers.Count;
            sources[index] = number;
        }
        return sources;
    }
}
