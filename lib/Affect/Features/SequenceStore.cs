namespace Affect.Features;

/// <summary>
/// A folder of frame sequences made by one recipe, one file per clip: what <see cref="FeatureStore"/> is for pooled features. A file is there wholly or not at
/// all, so a store can be added to by several processes, interrupted at any moment and continued.
/// </summary>
/// <remarks>
/// <code>
/// ROOT/media-hashes.csv             hashes of media files, remembered for all stores here; can be deleted
/// ROOT/NAME-KEY/sequences.json      what made the sequences
/// ROOT/NAME-KEY/clips/ab/….safetensors   "frames" [frames, dims], float32; whose they are in the metadata
/// ROOT/NAME-KEY/failures.csv        the clips of the last extraction that gave no sequence, and why
/// </code>
/// </remarks>
public sealed class SequenceStore
{
    private const string DescriptionName = "sequences.json";
    private const string TensorName = "frames";

    private readonly ClipFiles files;

    private SequenceStore(string folder, SequenceRecipe recipe)
    {
        (Folder, Recipe) = (folder, recipe);
        files = new ClipFiles(folder);
    }

    /// <summary>Where the store lies, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>What made the sequences.</summary>
    public SequenceRecipe Recipe { get; }

    internal MediaHashes Hashes => files.Hashes;

    /// <summary>The store of a recipe below a folder; made if it is not there.</summary>
    /// <param name="root">The folder; it may hold stores of other recipes, of pooled features too.</param>
    /// <param name="recipe">What makes the sequences.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="FormatException">The store's description cannot be read.</exception>
    public static SequenceStore ForRecipe(string root, SequenceRecipe recipe)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(recipe);
        root = Path.GetFullPath(root);
        var suffix = $"-{recipe.Key[..12]}";
        var folder = ClipFiles.Stores(root, DescriptionName).FirstOrDefault(store => store.EndsWith(suffix, StringComparison.Ordinal));
        if (folder is not null) return Open(folder);
        folder = Path.Combine(root, ClipFiles.FileNameOf(recipe.Encoder) + "-frames" + suffix);
        AtomicFile.WriteText(Path.Combine(folder, DescriptionName), recipe.ToJson() + "\n");
        return new SequenceStore(folder, recipe);
    }

    /// <summary>Whether a folder is a store of frame sequences.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, DescriptionName));

    /// <summary>Opens a store for reading.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <exception cref="FileNotFoundException">There is no store.</exception>
    /// <exception cref="FormatException">The store's description cannot be read.</exception>
    public static SequenceStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var description = Path.Combine(folder, DescriptionName);
        if (!File.Exists(description)) throw new FileNotFoundException($"{folder} holds no store of frame sequences ({DescriptionName}).", description);
        try
        {
            return new SequenceStore(folder, SequenceRecipe.FromJson(RegularFile.ReadAllText(description)));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new FormatException($"{description} must describe a store of frame sequences, but does not: {error.Message}", error);
        }
    }

    /// <summary>Reads the sequences of a corpus.</summary>
    /// <param name="corpus">The clips wanted; each is known by its id and the content of its video, or by its id alone where the video is not at hand.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>The clips that are there, in the corpus's order, and the ids of those that are not.</returns>
    /// <exception cref="FormatException">A file of the store is damaged.</exception>
    public (SequenceTable Table, IReadOnlyList<string> Missing) Read(Corpus corpus, CancellationToken ct = default)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        var keys = files.Find(corpus, clip => clip.VideoPath, () => [.. files.Keys().Select(key => Describe(files.PathOf(key)))], ct);
        var (ids, sequences, missing) = (new List<string>(), new List<float[]>(), new List<string>());
        for (var i = 0; i < keys.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (keys[i] is not { } key)
            {
                missing.Add(corpus.Clips[i].Id);
                continue;
            }
            ids.Add(corpus.Clips[i].Id);
            sequences.Add(Read(files.PathOf(key)));
        }
        return (new SequenceTable(ids, sequences, Recipe.Dims), missing);
    }

    internal HashSet<string> Keys() => files.Keys();

    internal void RemoveAbandoned() => files.RemoveAbandoned();

    /// <summary>Stores a clip's frames, wholly or not at all.</summary>
    /// <param name="clip">Whose frames.</param>
    /// <param name="frames"><c>[frames, dims]</c></param>
    internal void Write(StoredClip clip, Tensor frames) =>
        SafetensorsWriter.Write(files.PathOf(clip.Key), new Dictionary<string, Tensor> { [TensorName] = frames }, new Dictionary<string, string>
        {
            ["clip"] = clip.Id,
            ["media_sha256"] = clip.MediaHash,
            ["samples"] = clip.Samples.ToString(CultureInfo.InvariantCulture),
        });

    private static StoredClip Describe(string path) => FeatureFile.Describe(path);

    private float[] Read(string path)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        if (!file.Entries.TryGetValue(TensorName, out var entry) || entry.Type != ScalarType.Float32 || entry.Shape.Count != 2 || entry.Shape[0] < 1 || entry.Shape[1] != Recipe.Dims)
            throw new FormatException($"{path} must hold '{TensorName}' as float32 [frames, {Recipe.Dims}], but does not. Delete it and extract again.");
        return file.Read(TensorName).data<float>().ToArray();
    }
}
