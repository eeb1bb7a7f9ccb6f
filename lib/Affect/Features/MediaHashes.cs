using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Affect.Media;

namespace Affect.Features;

/// <summary>
/// The SHA-256 of media files. A clip is known by its content, which is the same on every machine; since hashing reads the whole file, the hash is
/// remembered for as long as path, size and time of change stay the same. The memory is a file that can be deleted at any time.
/// </summary>
internal sealed class MediaHashes
{
    private static readonly string[] Header = ["path", "size", "modified", "sha256"];

    // A file that changed this lately could change again without a new time of change (file systems count in steps of up to 2 s).
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly string file;
    private readonly ConcurrentDictionary<string, (string Size, string Modified, string Sha256)> entries = new(StringComparer.Ordinal);
    private int unsaved;

    /// <param name="file">Where hashes are remembered; a missing or damaged file counts as empty.</param>
    internal MediaHashes(string file)
    {
        this.file = file;
        foreach (var row in CsvTable.TryRead(file, Header)) entries[row[0]] = (row[1], row[2], row[3]);
    }

    /// <summary>The content's hash, 64 hexadecimal digits. Safe to call from several threads.</summary>
    /// <exception cref="MediaException">The file is missing, empty, or cannot be read.</exception>
    internal string Of(string path, CancellationToken ct)
    {
        MediaPath.RequireFile(path);
        var info = new FileInfo(path);
        var modified = info.LastWriteTimeUtc;
        var stamp = (Size: info.Length.ToString(CultureInfo.InvariantCulture), Modified: modified.Ticks.ToString(CultureInfo.InvariantCulture));
        if (entries.TryGetValue(path, out var known) && (known.Size, known.Modified) == stamp) return known.Sha256;
        var hash = Convert.ToHexStringLower(Hash(path, ct));
        if (DateTime.UtcNow - modified > Fresh)
        {
            entries[path] = (stamp.Size, stamp.Modified, hash);
            Interlocked.Increment(ref unsaved);
        }
        return hash;
    }

    /// <summary>Writes what was learnt, if it can be written; without it the next run only hashes again.</summary>
    internal void Save()
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
