namespace Affect.Features;

/// <summary>
/// A folder of pooled features made by one recipe, one file per clip. A file is there wholly or not at all, so a store can be added to by several
/// processes, interrupted at any moment and continued.
/// </summary>
/// <remarks>
/// <code>
/// ROOT/media-hashes.csv           hashes of media files, remembered for all stores here; can be deleted
/// ROOT/NAME-KEY/store.json        what made the features
/// ROOT/NAME-KEY/clips/ab/….safetensors   "features" [layers, dims], float32; whose they are in the metadata
/// ROOT/NAME-KEY/index.csv         clip, file, media_sha256, samples; written when an extraction ends
/// ROOT/NAME-KEY/failures.csv      the clips of the last extraction that gave no features, and why
/// </code>
/// </remarks>
public sealed class FeatureStore
{
    private const string DescriptionName = "store.json";

    private readonly ClipFiles files;

    private FeatureStore(string folder, FeatureRecipe recipe)
    {
        Folder = folder;
        Recipe = recipe;
        files = new ClipFiles(folder);
    }

    /// <summary>Where the store lies, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>What made the features.</summary>
    public FeatureRecipe Recipe { get; }

    internal MediaHashes Hashes => files.Hashes;

    /// <summary>The store of a recipe below a folder; made if it is not there.</summary>
    /// <param name="root">The folder; it may hold stores of other recipes.</param>
    /// <param name="recipe">What makes the features.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FeatureStore ForRecipe(string root, FeatureRecipe recipe)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(recipe);
        root = Path.GetFullPath(root);
        var suffix = $"-{recipe.Key[..12]}";
        var folder = Stores(root).FirstOrDefault(store => store.EndsWith(suffix, StringComparison.Ordinal));
        if (folder is not null) return Open(folder);
        folder = Path.Combine(root, ClipFiles.FileNameOf(recipe.Encoder) + suffix);
        AtomicFile.WriteText(Path.Combine(folder, DescriptionName), recipe.ToJson() + "\n");
        return new FeatureStore(folder, recipe);
    }

    /// <summary>Opens a store for reading.</summary>
    /// <param name="path">The store's folder, or a folder that holds exactly one store.</param>
    /// <exception cref="FileNotFoundException">There is no store.</exception>
    /// <exception cref="ArgumentException">There is more than one.</exception>
    /// <exception cref="FormatException">The store's description cannot be read.</exception>
    public static FeatureStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var description = Path.Combine(folder, DescriptionName);
        if (!File.Exists(description))
        {
            var stores = Stores(folder);
            if (stores.Count == 0) throw new FileNotFoundException($"{path} holds no feature store ({DescriptionName}); 'lab extract' makes one.", description);
            if (stores.Count > 1)
            {
                throw new ArgumentException(
                    $"{path} holds {stores.Count} feature stores, so one must be named: {string.Join(", ", stores.Select(store => Path.GetFileName(store)))}.", nameof(path));
            }
            return Open(stores[0]);
        }
        try
        {
            return new FeatureStore(folder, FeatureRecipe.FromJson(RegularFile.ReadAllText(description)));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new FormatException($"{description} must describe a feature store, but does not: {error.Message}", error);
        }
    }

    /// <summary>The clips of the store, in the order of their files.</summary>
    public IReadOnlyList<StoredClip> Clips() => StoreIndex.Of(Folder, Keys(), PathOf);

    /// <summary>Reads the features of a corpus.</summary>
    /// <param name="corpus">
    /// The clips wanted. Each is known by its id and the content of its media; where the media is not at hand, as when only features were copied, by its
    /// id alone, provided that the store has only one clip of that id.
    /// </param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="FormatException">A file of the store is damaged.</exception>
    /// <exception cref="ArgumentException">The features are more than one array can hold.</exception>
    public StoredFeatures Read(Corpus corpus, CancellationToken ct = default)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        var keys = files.Find(corpus, clip => clip.AudioPath ?? clip.VideoPath, Clips, ct);
        var found = Enumerable.Range(0, keys.Length).Where(i => keys[i] is not null).ToList();
        var size = Recipe.Layers * Recipe.Dims;
        if ((long)found.Count * size > Array.MaxLength)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{found.Count} clips with {Recipe.Layers} layers of {Recipe.Dims} numbers are more than one table holds ({Array.MaxLength} numbers); extract fewer layers, or read parts of the corpus."), nameof(corpus));
        }
        var values = new float[found.Count * size];
        for (var row = 0; row < found.Count; row++)
        {
            ct.ThrowIfCancellationRequested();
            FeatureFile.Read(PathOf(keys[found[row]]!), Recipe, values.AsSpan(row * size, size));
        }
        var ids = found.ConvertAll(i => corpus.Clips[i].Id);
        var missing = Enumerable.Range(0, keys.Length).Where(i => keys[i] is null).Select(i => corpus.Clips[i].Id).ToList();
        return new StoredFeatures(new FeatureTable(ids, values, Recipe.Layers, Recipe.Dims) { FirstLayer = Recipe.FirstLayer }, missing);
    }

    /// <summary>The speakers of a corpus whose labels the encoder has learned from.</summary>
    /// <param name="corpus">The corpus; clips are looked up by id.</param>
    public IReadOnlySet<string> SpeakersMet(Corpus corpus)
    {
        if (Recipe.LearnedClips is null) return new HashSet<string>();
        var stored = Clips().ToLookup(clip => clip.Id, clip => Features.LearnedClips.KeyOf(clip.MediaHash), StringComparer.Ordinal);
        return Features.LearnedClips.SpeakersMet(Recipe.LearnedClips, corpus, clip => stored[clip.Id]);
    }

    /// <summary>The clips that are there, by their keys.</summary>
    internal HashSet<string> Keys() => files.Keys();

    /// <summary>Stores a clip's features, wholly or not at all.</summary>
    internal void Write(StoredClip clip, float[] values) => FeatureFile.Write(PathOf(clip.Key), clip, values, Recipe.Layers);

    /// <summary>Brings the index up to date.</summary>
    internal void WriteIndex() => StoreIndex.Write(Folder, Clips(), PathOf);

    /// <summary>Removes what killed processes left half written; a process that is at work needs a file for moments only.</summary>
    internal void RemoveAbandoned() => files.RemoveAbandoned();

    private string PathOf(string key) => files.PathOf(key);

    private static List<string> Stores(string root) => ClipFiles.Stores(root, DescriptionName);
}
