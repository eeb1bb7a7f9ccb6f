namespace Affect.Features;

/// <summary>
/// The SHA-256 of media files. A clip is known by its content, which is the same on every machine; since hashing reads the whole file, the hash is
/// remembered for as long as the path leads to the same file and that has not changed (<see cref="FileStamp"/>). The memory is a file that can be deleted at any time.
/// </summary>
public sealed class MediaHashes
{
    private static readonly string[] Header = ["path", "size", "modified", "sha256"];

    private readonly string file;
    private readonly ConcurrentDictionary<string, (string Size, string Modified, string Sha256)> entries = new(StringComparer.Ordinal);
    private int unsaved;

    /// <summary>Opens the memory.</summary>
    /// <param name="file">Where hashes are remembered; a missing or damaged file counts as empty.</param>
    public MediaHashes(string file)
    {
        this.file = file;
        foreach (var row in CsvTable.TryRead(file, Header)) entries[row[0]] = (row[1], row[2], row[3]);
    }

    /// <summary>The content's hash, 64 hexadecimal digits. Safe to call from several threads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="MediaException">The file is missing, empty, no regular file, or cannot be read.</exception>
    public string Of(string path, CancellationToken ct = default)
    {
        MediaPath.RequireFile(path);
        var stamp = FileStamp.Of(path);
        if (stamp is { } now && entries.TryGetValue(path, out var known) && now.IsOf(known.Size, known.Modified)) return known.Sha256;
        var hash = Convert.ToHexStringLower(Hash(path, ct));
        // What could have changed while it was read, or could still change without a trace, is hashed again the next time.
        if (stamp is { IsFresh: false } read && FileStamp.Of(path) == read)
        {
            entries[path] = (read.SizeText, read.TimesText, hash);
            Interlocked.Increment(ref unsaved);
        }
        return hash;
    }

    /// <summary>The content's hash, read anew.</summary>
    /// <exception cref="MediaException">The file is missing, empty, no regular file, or cannot be read.</exception>
    internal static string ContentOf(string path, CancellationToken cancel)
    {
        MediaPath.RequireFile(path);
        return Convert.ToHexStringLower(Hash(path, cancel));
    }

    /// <summary>Writes what was learnt, if it can be written; without it the next run only hashes again.</summary>
    public void Save()
    {
        if (Interlocked.Exchange(ref unsaved, 0) == 0) return;
        try
        {
            CsvTable.Write(file, Header, entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new[] { entry.Key, entry.Value.Size, entry.Value.Modified, entry.Value.Sha256 }));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A store on a read-only or full disk can still be read.
        }
    }

    private static byte[] Hash(string path, CancellationToken ct)
    {
        using var stream = MediaPath.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        while (stream.Read(buffer) is var count and > 0)
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, count));
        }
        return hash.GetHashAndReset();
    }
}
