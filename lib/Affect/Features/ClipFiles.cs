namespace Affect.Features;

/// <summary>One file per clip below a store's folder: where it lies, and whose it is. What stores of every kind have in common.</summary>
internal sealed class ClipFiles(string folder)
{
    private const string HashesName = "media-hashes.csv";
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Remembered for all stores that lie side by side.</summary>
    internal MediaHashes Hashes { get; } = new(Path.Combine(Path.GetDirectoryName(folder)!, HashesName));

    /// <summary>The clips that are there, by their keys.</summary>
    internal HashSet<string> Keys()
    {
        var clips = new DirectoryInfo(Path.Combine(folder, "clips"));
        if (!clips.Exists) return [];
        return [.. clips.EnumerateFiles($"*{FeatureFile.Extension}", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file.Name))
            .Where(name => name.Length == StoredClip.KeyLength)];
    }

    internal string PathOf(string key) => Path.Combine(folder, "clips", key[..2], key + FeatureFile.Extension);

    /// <summary>The key of every clip wanted, null where it is not there.</summary>
    /// <param name="corpus">The clips; each is known by its id and the content of its media, or by its id alone where the media is not at hand.</param>
    /// <param name="mediaOf">The file that the features were made of.</param>
    /// <param name="clips">All clips of the store; asked for only where a file is not at hand.</param>
    /// <param name="ct">Ends the work.</param>
    internal string?[] Find(Corpus corpus, Func<Clip, string?> mediaOf, Func<IReadOnlyList<StoredClip>> clips, CancellationToken ct)
    {
        var stored = Keys();
        var byId = new Lazy<ILookup<string, string>>(() => clips().ToLookup(clip => clip.Id, clip => clip.Key));
        var keys = new string?[corpus.Clips.Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = FindKey(corpus.Clips[i], mediaOf(corpus.Clips[i]), stored, byId, ct);
        Hashes.Save();
        return keys;
    }

    /// <summary>Removes what killed processes left half written; a process that is at work needs a file for moments only.</summary>
    internal void RemoveAbandoned()
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.tmp", SearchOption.AllDirectories))
            if (DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned) file.Delete();
    }

    /// <summary>The folders below a root that hold a store of one kind.</summary>
    internal static List<string> Stores(string root, string description) =>
        Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Where(store => File.Exists(Path.Combine(store, description))).Order(StringComparer.Ordinal)] : [];

    /// <summary>A name that can stand in a path.</summary>
    internal static string FileNameOf(string name)
    {
        var characters = name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-').Take(60);
        return string.Concat(characters).Trim('-', '.') is { Length: > 0 } legible ? legible : "encoder";
    }

    private string? FindKey(Clip clip, string? path, HashSet<string> stored, Lazy<ILookup<string, string>> byId, CancellationToken ct)
    {
        if (path is not null && File.Exists(path))
        {
            try
            {
                var key = StoredClip.KeyOf(clip.Id, Hashes.Of(path, ct));
                return stored.Contains(key) ? key : null;
            }
            catch (MediaException)
            {
                return null; // an empty or unreadable file has no features
            }
        }
        var sameId = byId.Value[clip.Id].Take(2).ToList();
        return sameId.Count == 1 ? sameId[0] : null;
    }
}
