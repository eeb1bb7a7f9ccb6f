namespace Affect.Checkpoints;

/// <summary>A safetensors file, read by memory map.</summary>
public sealed class SafetensorsFile : Checkpoint
{
    private readonly SafetensorsHeader header;
    private readonly MemoryMappedFile map;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedFile map)
        : base(path)
    {
        this.header = header;
        this.map = map;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorEntry> Entries => header.Entries;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Aliases => header.Aliases;

    /// <summary>Opens a file and checks its whole header; the data are read tensor by tensor.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The header is damaged or does not fit the file; the message names file and tensor.</exception>
    public static new SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        PointerFile.Refuse(path);
        var checkedHeader = SafetensorsHeader.Read(path);
        var memory = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        return new SafetensorsFile(path, checkedHeader, memory);
    }

    /// <inheritdoc/>
    public override Tensor Read(string name)
    {
        var entry = Find(name);
        var bytes = TensorTypes.ByteCount(entry.Shape, entry.Type);
        var tensor = empty([.. entry.Shape], dtype: entry.Type);
        if (bytes == 0) return tensor;
        using var view = map.CreateViewStream(header.Offsets[name], bytes, MemoryMappedFileAccess.Read);
        tensor.ReadBytesFromStream(view, TensorBytes.BufferSize);
        return tensor;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) map.Dispose();
    }
}
