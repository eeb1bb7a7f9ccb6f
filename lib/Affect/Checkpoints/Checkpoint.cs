namespace Affect.Checkpoints;

/// <summary>A file, or a set of shards, of named tensors, read one tensor at a time.</summary>
public abstract class Checkpoint : IDisposable
{
    private static readonly string[] Candidates =
        ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];

    private protected Checkpoint(string path) => Path = path;

    /// <summary>The file's path, or the index's.</summary>
    public string Path { get; }

    /// <summary>The tensors by name, in the file's order.</summary>
    public abstract IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>What the file says about itself; empty for formats that cannot.</summary>
    public virtual IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Names of tied weights among <see cref="Entries"/>, by the name whose numbers they share: safetensors writes them once.</summary>
    internal virtual IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>();

    /// <summary>Opens a checkpoint by its content, or the one in a Hugging Face folder: safetensors first, then PyTorch's <c>.bin</c>.</summary>
    /// <param name="path">A file, an index (<c>….index.json</c>) or a folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or the folder holds no checkpoint.</exception>
    /// <exception cref="FormatException">The file is damaged, or of another format; the message names file and tensor.</exception>
    public static Checkpoint Open(string path)
    {
        if (Directory.Exists(path))
        {
            path = Candidates.Select(name => System.IO.Path.Combine(path, name)).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException($"{path} holds no checkpoint; expected one of {string.Join(", ", Candidates)}.", path);
        }
        PointerFile.RequireWanted(path);
        return path.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase) ? ShardedCheckpoint.Open(path) : OpenFile(path);
    }

    /// <summary>Reads one tensor into memory, in the number format of the file.</summary>
    /// <param name="name">A name among <see cref="Entries"/>.</param>
    /// <exception cref="ArgumentException">There is no tensor of that name.</exception>
    public abstract Tensor Read(string name);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    private protected static Checkpoint OpenFile(string path) => PyTorchFile.IsOne(path) ? PyTorchFile.Open(path) : SafetensorsFile.Open(path);

    private protected TensorEntry Find(string name) =>
        Entries.TryGetValue(name, out var entry) ? entry : throw new ArgumentException($"{Path} has no tensor '{name}'.", nameof(name));
}
