namespace Affect.Checkpoints;

/// <summary>A safetensors file, read by memory map.</summary>
public sealed class SafetensorsFile : Checkpoint
{
    private readonly SafetensorsHeader header;
    private readonly MemoryMappedFile map;

    private SafetensorsFile(string path)
        : base(path)
    {
        header = new SafetensorsHeader(path);
        map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
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
        PointerFile.RequireWanted(path);
        return new SafetensorsFile(path);
    }

    /// <inheritdoc/>
    public override Tensor Read(string name)
    {
        var entry = Find(name);
        var bytes = NumberFormat.ByteCount(entry.Shape, entry.Type);
        var tensor = empty([.. entry.Shape], dtype: entry.Type);
        if (bytes == 0) return tensor;
        using var view = map.CreateViewStream(header.Offsets[name], bytes, MemoryMappedFileAccess.Read);
        tensor.ReadBytesFromStream(view, NumberFormat.BufferSize);
        return tensor;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) map.Dispose();
    }
}
