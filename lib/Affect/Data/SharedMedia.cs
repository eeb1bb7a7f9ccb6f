namespace Affect.Data;

/// <summary>The same recording under two people, two emotions or in two parts of a corpus: one of the two is wrong, and folds by speaker do not keep it apart.</summary>
public static class SharedMedia
{
    private const int Shown = 3;
    private const int Beginning = 1 << 16;

    /// <summary>Looks for files of the same content. Only files of one size are opened, and only those with the same beginning are read.</summary>
    /// <param name="corpus">The clips; those whose files cannot be read are passed over.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>One sentence for each kind of contradiction, with the first clips' names; empty where there is none.</returns>
    public static IReadOnlyList<string> Warnings(Corpus corpus, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Clip[][] same =
        [
            .. Alike(corpus.Clips.Where(clip => clip.AudioPath is not null || clip.VideoPath is not null), Size)
                .SelectMany(clips => Alike(clips, clip => Hash(clip, Beginning, cancel)))
                .SelectMany(clips => Alike(clips, clip => Hash(clip, long.MaxValue, cancel))),
        ];
        return [.. new[]
        {
            Tell(same, clip => clip.Speaker, "speakers: folds by speaker do not keep them apart"),
            Tell(same, clip => clip.Emotion, "emotions: one of them is wrong"),
            Tell(same, clip => clip.Split is SplitNames.Unlabelled ? null : clip.Split, "parts of the corpus: what is learned from is scored on"),
        }.OfType<string>()];
    }

    // Groups of clips that have something in common and may contradict each other.
    private static IEnumerable<Clip[]> Alike(IEnumerable<Clip> clips, Func<Clip, string?> key) => clips.GroupBy(key, StringComparer.Ordinal)
        .Where(group => group.Key is not null && group.DistinctBy(clip => (clip.Speaker, clip.Emotion, clip.Split)).Skip(1).Any())
        .Select(group => group.ToArray());

    private static string? Tell(Clip[][] same, Func<Clip, string?> value, string meaning)
    {
        Clip[][] wrong = [.. same.Select(clips => clips.Where(clip => value(clip) is not null).DistinctBy(value).ToArray()).Where(clips => clips.Length > 1)];
        if (wrong.Length == 0) return null;
        var named = wrong.Take(Shown).Select(clips => string.Join(" and ", clips.Take(Shown).Select(clip => $"{clip.Id} ({value(clip)})")));
        return FormattableString.Invariant($"The same recording stands under different {meaning}: {string.Join("; ", named)}{(wrong.Length > Shown ? FormattableString.Invariant($"; and {wrong.Length - Shown} more") : "")}.");
    }

    // Null where nothing can be told, as of what is no file.
    private static string? Size(Clip clip) =>
        FileStatus.Of(clip.MediaPath) is { Kind: FileKind.Regular, Size: > 0 } status ? status.Size.ToString(CultureInfo.InvariantCulture) : null;

    // Null where the file cannot be read: whoever reads the clip tells why.
    private static string? Hash(Clip clip, long most, CancellationToken cancel)
    {
        try
        {
            using var stream = MediaPath.OpenRead(clip.MediaPath);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[Beginning];
            for (var left = most; left > 0 && stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length)) is var count and > 0; left -= count)
            {
                cancel.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, count);
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (IOException)
        {
            return null;
        }
    }
}
