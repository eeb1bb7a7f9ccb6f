namespace Affect.Features;

/// <summary><c>index.csv</c> of a store: which file holds which clip. For people, and for finding a clip whose media is not at hand; it can be made anew from the files.</summary>
internal static class StoreIndex
{
    private const string FileName = "index.csv";
    private static readonly string[] Header = ["clip", "file", "media_sha256", "samples"];

    /// <summary>Lists the clips of a store, in the order of their file names.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="keys">The clips that are there.</param>
    /// <param name="pathOf">Where a clip's file lies.</param>
    internal static IReadOnlyList<StoredClip> Of(string folder, IEnumerable<string> keys, Func<string, string> pathOf)
    {
        var known = Read(Path.Combine(folder, FileName));
        return [.. keys.Order(StringComparer.Ordinal).Select(key => known.TryGetValue(key, out var clip) ? clip : FeatureFile.Describe(pathOf(key)))];
    }

    internal static void Write(string folder, IReadOnlyList<StoredClip> clips, Func<string, string> pathOf) =>
        CsvTable.Write(Path.Combine(folder, FileName), Header, clips.Select(clip => new[]
        {
            clip.Id, Path.GetRelativePath(folder, pathOf(clip.Key)).Replace('\\', '/'), clip.MediaHash, clip.Samples.ToString(CultureInfo.InvariantCulture),
        }));

    private static Dictionary<string, StoredClip> Read(string path)
    {
        var clips = new Dictionary<string, StoredClip>(StringComparer.Ordinal);
        foreach (var row in CsvTable.TryRead(path, Header))
        {
            if (!long.TryParse(row[3], NumberStyles.None, CultureInfo.InvariantCulture, out var samples)) continue;
            var clip = new StoredClip(row[0], row[2], samples);
            clips[clip.Key] = clip;
        }
        return clips;
    }
}
