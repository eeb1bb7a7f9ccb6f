namespace Affect.Features;

public sealed partial class FeatureStore
{
    private const string ClipsName = "clips";
    private const string Extension = ".safetensors";
    private const string TensorName = "features";
    private const string IndexName = "index.csv";
    private static readonly string[] IndexHeader = ["clip", "file", "media_sha256", "samples"];
    private static readonly string[] FailuresHeader = ["clip", "media", "reason"];
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Where an extraction lists the clips that gave no features, and why; there only while there are any.</summary>
    /// <param name="shard">The part of the corpus that the run did.</param>
    public string FailuresPath(Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return Path.Combine(Folder, shard.Count == 1 ? "failures.csv" : FormattableString.Invariant($"failures-{shard.Index}-of-{shard.Count}.csv"));
    }

    /// <summary>The file that a clip's features are made of; null where it has none, as a transcript.</summary>
    internal string? MediaOf(Clip clip) => Recipe.Part switch
    {
        ClipPart.Sound => clip.AudioPath ?? clip.VideoPath,
        ClipPart.Pictures => clip.VideoPath,
        _ => null,
    };

    /// <summary>The hash of what is encoded of a clip; null where it has no such part.</summary>
    /// <exception cref="MediaException">The file is missing, empty, no regular file, or cannot be read.</exception>
    internal string? HashOf(Clip clip, CancellationToken ct)
    {
        if (Recipe.Part != ClipPart.Words) return MediaOf(clip) is { } path ? Hashes.Of(path, ct) : null;
        return clip.Transcript is { } text ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) : null;
    }

    /// <summary>The clips that are there, by their keys.</summary>
    internal HashSet<string> Keys()
    {
        var clips = new DirectoryInfo(Path.Combine(Folder, ClipsName));
        if (!clips.Exists) return [];
        return [.. clips.EnumerateFiles($"*{Extension}", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file.Name))
            .Where(name => name.Length == StoredClip.KeyLength)];
    }

    /// <summary>Stores a clip's features, wholly or not at all.</summary>
    /// <param name="clip">Whose features.</param>
    /// <param name="values"><c>[layers, dims]</c> or <c>[frames, dims]</c>, row-major.</param>
    internal void Write(StoredClip clip, float[] values)
    {
        using var scope = NewDisposeScope();
        var features = tensor(values, new long[] { values.Length / Recipe.Dims, Recipe.Dims });
        SafetensorsWriter.Write(PathOf(clip.Key), new Dictionary<string, Tensor> { [TensorName] = features }, new Dictionary<string, string>
        {
            ["clip"] = clip.Id,
            ["media_sha256"] = clip.MediaHash,
            ["samples"] = clip.Samples.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Brings the index up to date: for people, and for finding a clip whose media is not at hand; it can be made anew from the files.</summary>
    internal void WriteIndex() => CsvTable.Write(Path.Combine(Folder, IndexName), IndexHeader, Clips().Select(clip => new[]
    {
        clip.Id, Path.GetRelativePath(Folder, PathOf(clip.Key)).Replace('\\', '/'), clip.MediaHash, clip.Samples.ToString(CultureInfo.InvariantCulture),
    }));

    internal void WriteFailures(Shard shard, IReadOnlyList<ClipFailure> failures)
    {
        if (failures.Count == 0) File.Delete(FailuresPath(shard));
        else CsvTable.Write(FailuresPath(shard), FailuresHeader, failures.Select(clip => new[] { clip.ClipId, clip.MediaPath ?? "", clip.Reason }));
    }

    /// <summary>Removes what killed processes left half written; a process that is at work needs a file for moments only.</summary>
    internal void RemoveAbandoned()
    {
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*.tmp", SearchOption.AllDirectories))
            if (DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned) file.Delete();
    }

    private string PathOf(string key) => Path.Combine(Folder, ClipsName, key[..2], key + Extension);

    private Dictionary<string, StoredClip> ReadIndex()
    {
        var clips = new Dictionary<string, StoredClip>(StringComparer.Ordinal);
        foreach (var row in CsvTable.TryRead(Path.Combine(Folder, IndexName), IndexHeader))
        {
            if (!long.TryParse(row[3], NumberStyles.None, CultureInfo.InvariantCulture, out var samples)) continue;
            var clip = new StoredClip(row[0], row[2], samples);
            clips[clip.Key] = clip;
        }
        return clips;
    }

    private float[] Read(string key)
    {
        using var scope = NewDisposeScope();
        var path = PathOf(key);
        using var file = SafetensorsFile.Open(path);
        var isWhole = file.Entries.TryGetValue(TensorName, out var entry) && entry.Type == ScalarType.Float32 && entry.Shape is [var rows, var dims]
            && dims == Recipe.Dims && (Recipe.KeepsFrames ? rows > 0 : rows == Recipe.Layers);
        if (isWhole) return file.Read(TensorName).data<float>().ToArray();
        var wish = Recipe.KeepsFrames ? "frames" : Recipe.Layers.ToString(CultureInfo.InvariantCulture);
        throw new FormatException(FormattableString.Invariant($"{path} must hold '{TensorName}' as float32 [{wish}, {Recipe.Dims}], but does not. Delete it and extract again."));
    }

    private StoredClip Describe(string key)
    {
        var path = PathOf(key);
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.TryGetValue("clip", out var id)
            && file.Metadata.TryGetValue("media_sha256", out var hash)
            && file.Metadata.TryGetValue("samples", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var samples))
        {
            return new StoredClip(id, hash, samples);
        }
        throw new FormatException($"{path} must say whose features it holds (metadata clip, media_sha256, samples), but does not. Delete it and extract again.");
    }
}
