namespace Affect.Tests.Checkpoints;

/// <summary>Builds PyTorch archives instruction by instruction, to see what a hostile one gets.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> code = [];

    public PickleBuilder Protocol(byte version) => Raw(0x80, version);

    public PickleBuilder Global(string module, string name) => Raw((byte)'c').Line(module).Line(name);

    public PickleBuilder Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Raw((byte)'X').Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes);
    }

    public PickleBuilder Integer(int value) => Raw((byte)'J').Raw(BitConverter.GetBytes(value));

    public PickleBuilder Code(string instructions) => Raw(Encoding.Latin1.GetBytes(instructions));

    public byte[] ToArray() => [.. code];

    public PickleBuilder Raw(params byte[] bytes)
    {
        code.AddRange(bytes);
        return this;
    }

    private PickleBuilder Line(string text) => Raw(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>One float tensor called <c>w</c> over storage <c>0</c>.</summary>
    public static PickleBuilder OneTensor(int offset, int[] shape, int[] strides, int count = 4, string key = "0") =>
        new PickleBuilder().Protocol(2).Code("}").Tensor("w", key, count, offset, shape, strides).Code(".");

    /// <summary>Sets an item of a dictionary: a tensor over a storage of <c>float32</c>.</summary>
    public PickleBuilder Tensor(string name, string key, int count, int offset, int[] shape, int[] strides)
    {
        Text(name).Global("torch._utils", "_rebuild_tensor_v2").Code("(");
        Code("(").Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu").Integer(count).Code("tQ");
        Integer(offset).Code("(");
        foreach (var size in shape) Integer(size);
        Code("t(");
        foreach (var stride in strides) Integer(stride);
        return Code("t\x89").Global("collections", "OrderedDict").Code(")RtRs");
    }

    public string WriteZip(string folder, IReadOnlyDictionary<string, byte[]>? storages = null, CompressionLevel level = CompressionLevel.NoCompression, string? extra = null)
    {
        var path = Path.Combine(folder, "pytorch_model.bin");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "archive/data.pkl", ToArray());
        foreach (var (key, bytes) in storages ?? new Dictionary<string, byte[]> { ["0"] = new byte[16] }) Add(zip, $"archive/data/{key}", bytes, level);
        if (extra is not null) Add(zip, extra, Encoding.ASCII.GetBytes("big"));
        return path;
    }

    /// <summary>Adds an entry to an archive.</summary>
    public static void Add(ZipArchive zip, string name, byte[] bytes, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = zip.CreateEntry(name, level).Open();
        stream.Write(bytes);
    }
}
