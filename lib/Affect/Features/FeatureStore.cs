namespace Affect.Features;

/// <summary>
/// A folder of features made by one recipe, one file per clip. A file is there wholly or not at all, so a store can be added to by several processes,
/// interrupted at any moment and continued.
/// </summary>
/// <remarks>
/// <code>
/// ROOT/media-hashes.csv           hashes of media files, remembered for all stores here; can be deleted
/// ROOT/NAME-KEY/store.json        what made the features
/// ROOT/NAME-KEY/clips/ab/….safetensors   "features", float32: [layers, dims], or [frames, dims] where frames are kept; whose they are in the metadata
/// ROOT/NAME-KEY/index.csv         clip, file, media_sha256, samples; written when an extraction ends
/// ROOT/NAME-KEY/failures.csv      the clips of the last extraction that gave no features, and why
/// </code>
/// </remarks>
public sealed partial class FeatureStore
{
    private const string DescriptionName = "store.json";
    private const string HashesName = "media-hashes.csv";

    private FeatureStore(string folder, FeatureRecipe recipe)
    {
        (Folder, Recipe) = (folder, recipe);
        Hashes = new MediaHashes(Path.Combine(Path.GetDirectoryName(folder)!, HashesName));
    }

    /// <summary>Where the store lies, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>What made the features.</summary>
    public FeatureRecipe Recipe { get; }

    internal MediaHashes Hashes { get; }

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
        folder = Path.Combine(root, FileNameOf(recipe.Encoder) + (recipe.KeepsFrames ? "-frames" : "") + suffix);
        AtomicFile.WriteText(Path.Combine(folder, DescriptionName), recipe.ToJson() + "\n");
        return new FeatureStore(folder, recipe);
    }

    /// <summary>Opens a store for reading.</summary>
    /// <param name="path">The store's folder, or a folder that holds exactly one store, or exactly one of sound.</param>
    /// <exception cref="FileNotFoundException">There is no store.</exception>
    /// <exception cref="ArgumentException">There is more than one.</exception>
    /// <exception cref="FormatException">The store's description cannot be read.</exception>
    public static FeatureStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var description = Path.Combine(folder, DescriptionName);
        if (!File.Exists(description)) return OnlyOneOf(path, Stores(folder));
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
    public IReadOnlyList<StoredClip> Clips()
    {
        var known = ReadIndex();
        return [.. Keys().Order(StringComparer.Ordinal).Select(key => known.TryGetValue(key, out var clip) ? clip : Describe(key))];
    }

    /// <summary>Reads the features of a corpus.</summary>
    /// <param name="corpus">
    /// The clips wanted. Each is known by its id and the content of its media; where the media is not at hand, as when only features were copied, by its
    /// id alone, provided that the store has only one clip of that id.
    /// </param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="FormatException">A file of the store is damaged.</exception>
    /// <exception cref="ArgumentException">The features are more than one array can hold.</exception>
    /// <exception cref="InvalidOperationException">The store keeps frames.</exception>
    public StoredFeatures Read(Corpus corpus, CancellationToken ct = default)
    {
        if (Recipe.KeepsFrames) throw new InvalidOperationException($"{Folder} holds sequences of frames; read them by ReadFrames and pool them.");
        var (ids, keys, missing) = Find(corpus, ct);
        var size = Recipe.Layers * Recipe.Dims;
        if ((long)keys.Count * size > Array.MaxLength)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{keys.Count} clips with {Recipe.Layers} layers of {Recipe.Dims} numbers are more than one table holds ({Array.MaxLength} numbers); extract fewer layers, or read parts of the corpus."), nameof(corpus));
        }
        var values = new float[keys.Count * size];
        foreach (var (row, key) in keys.Index())
        {
            Interruption.Or(ct).ThrowIfCancellationRequested();
            Read(key).CopyTo(values, row * size);
        }
        return new StoredFeatures(new FeatureTable(ids, values, Recipe.Layers, Recipe.Dims) { FirstLayer = Recipe.FirstLayer }, missing);
    }

    /// <summary>Reads the frames of a corpus's clips.</summary>
    /// <param name="corpus">The clips wanted, known as <see cref="Read(Corpus, CancellationToken)"/> knows them.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>The clips that are there, in the corpus's order, and the ids of those that are not.</returns>
    /// <exception cref="FormatException">A file of the store is damaged.</exception>
    /// <exception cref="InvalidOperationException">The store keeps no frames.</exception>
    public (SequenceTable Table, IReadOnlyList<string> Missing) ReadFrames(Corpus corpus, CancellationToken ct = default)
    {
        if (!Recipe.KeepsFrames) throw new InvalidOperationException($"{Folder} holds one vector per layer and clip, and no frames; read them by Read.");
        var (ids, keys, missing) = Find(corpus, ct);
        var sequences = new List<float[]>(keys.Count);
        foreach (var key in keys)
        {
            Interruption.Or(ct).ThrowIfCancellationRequested();
            sequences.Add(Read(key));
        }
        return (new SequenceTable(ids, sequences, Recipe.Dims), missing);
    }

    /// <summary>The speakers of a corpus whose labels the encoder has learned from.</summary>
    /// <param name="corpus">The corpus; clips are looked up by id.</param>
    public IReadOnlySet<string> SpeakersMet(Corpus corpus)
    {
        if (Recipe.LearnedClips is null) return new HashSet<string>();
        var stored = Clips().ToLookup(clip => clip.Id, clip => LearnedClips.KeyOf(clip.MediaHash), StringComparer.Ordinal);
        return LearnedClips.SpeakersMet(Recipe.LearnedClips, corpus, clip => stored[clip.Id]);
    }

    private static FeatureStore OnlyOneOf(string path, List<string> folders)
    {
        if (folders.Count == 0)
            throw new FileNotFoundException($"{path} holds no feature store ({DescriptionName}); 'lab extract' makes one.", Path.Combine(path, DescriptionName));
        var stores = folders.ConvertAll(Open);
        var found = stores.Count == 1 ? stores : stores.FindAll(store => store.Recipe.Part == ClipPart.Sound);
        return found.Count == 1 ? found[0] : throw new ArgumentException(
            $"{path} holds {stores.Count} feature stores, so one must be named: {string.Join(", ", folders.Select(store => Path.GetFileName(store)))}.", nameof(path));
    }

    private static List<string> Stores(string root)
    {
        if (!Directory.Exists(root)) return [];
        return [.. Directory.EnumerateDirectories(root).Where(store => File.Exists(Path.Combine(store, DescriptionName))).Order(StringComparer.Ordinal)];
    }

    // A name that can stand in a path.
    private static string FileNameOf(string name)
    {
        var characters = name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-').Take(60);
        return string.Concat(characters).Trim('-', '.') is { Length: > 0 } legible ? legible : "encoder";
    }

    private (IReadOnlyList<string> Ids, List<string> Keys, IReadOnlyList<string> Missing) Find(Corpus corpus, CancellationToken ct)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        var stored = Keys();
        var byId = new Lazy<ILookup<string, string>>(() => Clips().ToLookup(clip => clip.Id, clip => clip.Key));
        var (ids, keys, missing) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var clip in corpus.Clips)
        {
            if (FindKey(clip, stored, byId, ct) is { } key)
            {
                ids.Add(clip.Id);
                keys.Add(key);
            }
            else
            {
                missing.Add(clip.Id);
            }
        }
        Hashes.Save();
        return (ids, keys, missing);
    }

    private string? FindKey(Clip clip, HashSet<string> stored, Lazy<ILookup<string, string>> byId, CancellationToken ct)
    {
        if (Recipe.Part == ClipPart.Words || File.Exists(MediaOf(clip)))
        {
            try
            {
                return HashOf(clip, ct) is { } hash && StoredClip.KeyOf(clip.Id, hash) is var key && stored.Contains(key) ? key : null;
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
