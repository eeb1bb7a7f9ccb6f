namespace Affect.Checkpoints;

/// <summary>
/// A PyTorch file (<c>pytorch_model.bin</c>, <c>.pt</c>): a zip archive of a pickle and the numbers that it describes. The pickle is read, never run.
/// </summary>
/// <remarks>Written by <c>torch.save</c> since PyTorch 1.6: <c>NAME/data.pkl</c>, <c>NAME/data/KEY</c>, <c>NAME/byteorder</c>.</remarks>
public sealed class PyTorchFile : Checkpoint
{
    private const long MostPickleBytes = 1 << 30;

    // How many dictionaries deep the weights may lie.
    private const int DeepestNesting = 4;

    // Where training scripts put the weights beside other things, the likeliest first.
    private static readonly string[] WeightKeys =
        ["state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "weights", "params", "generator", "encoder", "backbone", "checkpoint", "model_ema", "ema_state_dict", "ema"];

    // What they put there that is no model's.
    private static readonly string[] OtherKeys = ["optimizer", "optim", "scheduler", "scaler", "amp", "rng", "random", "loss", "criterion", "metric", "callback", "config", "args", "hyper"];

    private readonly ZipArchive archive;
    private readonly Dictionary<string, TensorEntry> entries = [];
    private readonly Dictionary<string, TensorReference> references = [];
    private readonly string prefix;

    private PyTorchFile(string path, ZipArchive archive)
        : base(path)
    {
        this.archive = archive;
        var pickle = archive.Entries.FirstOrDefault(entry => $"/{entry.FullName}".EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new FormatException($"{path}: the archive holds no data.pkl; it was not written by torch.save.");
        prefix = pickle.FullName[..^"data.pkl".Length];
        if (archive.GetEntry(prefix + "constants.pkl") is not null)
            throw new FormatException($"{path} is a TorchScript archive (a program with its weights); save its state_dict() alone with torch.save.");
        CheckByteOrder();
        var unpickler = new Unpickler(path, Content(pickle, MostPickleBytes), TorchGlobals.Allowed, id => TorchGlobals.Storage(path, id));
        foreach (var (name, tensor) in FindTensors(unpickler.Load()))
        {
            Check(name, tensor);
            if (!references.TryAdd(name, tensor)) throw new FormatException($"{path}: tensor '{name}' is described twice.");
            entries.Add(name, new TensorEntry(name, tensor.Type, tensor.Shape));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    /// <summary>Opens a file and reads its pickle; the numbers are read tensor by tensor.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is damaged, of PyTorch's old format, or its pickle asks for more than tensors.</exception>
    public static new PyTorchFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        PointerFile.Refuse(path);
        var stream = RegularFile.OpenRead(path);
        try
        {
            RefuseOldFormats(path, stream);
            return new PyTorchFile(path, new ZipArchive(stream, ZipArchiveMode.Read));
        }
        catch (InvalidDataException error)
        {
            stream.Dispose();
            throw new FormatException($"{path}: the zip archive is damaged or truncated ({error.Message})", error);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Tensor Read(string name)
    {
        _ = Find(name);
        var reference = references[name];
        var tensor = empty(reference.Shape, dtype: reference.Type);
        if (tensor.numel() == 0) return tensor;
        using var numbers = OpenStorage(name, reference);
        if (reference.IsContiguous) tensor.ReadBytesFromStream(numbers, TensorBytes.BufferSize);
        else StridedCopy.Read(numbers, reference, tensor);
        return tensor;
    }

    /// <summary>True if a file begins like a zip archive or a pickle, false for anything else.</summary>
    internal static bool IsOne(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        return IsZip(Start(stream)) || Start(stream) is [0x80, <= 5, ..];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) archive.Dispose();
    }

    private static bool IsZip(byte[] start) => start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..];

    private static byte[] Start(FileStream stream)
    {
        var start = new byte[4];
        stream.Position = 0;
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start[..count];
    }

    private static void RefuseOldFormats(string path, FileStream stream)
    {
        var start = Start(stream);
        if (start.Length == 0) throw new FormatException($"{path} is empty.");
        if (start is [0x80, ..])
        {
            throw new FormatException(
                $"{path} is in PyTorch's format of before version 1.6 (a bare pickle), which is not read. "
                + "Save it again in Python: torch.save(torch.load(f, map_location='cpu'), f).");
        }
        if (!IsZip(start)) throw new FormatException($"{path} is neither a zip archive nor a pickle; it was not written by torch.save.");
    }

    private void CheckByteOrder()
    {
        if (archive.GetEntry(prefix + "byteorder") is not { } entry) return;
        var order = System.Text.Encoding.ASCII.GetString(Content(entry, most: 16)).Trim();
        if (order != "little")
            throw new FormatException($"{Path}: the numbers are in '{order}' byte order; only little is read.");
    }

    private byte[] Content(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most) throw new FormatException($"{Path}: {entry.FullName} is larger than the limit of {most} bytes.");
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length)
            throw new FormatException($"{Path}: {entry.FullName} is truncated.");
        return content;
    }

    private IEnumerable<(string Name, TensorReference Tensor)> FindTensors(object? root)
    {
        if (root is not PickleMap map) throw new FormatException($"{Path}: the pickle holds no dictionary of tensors.");
        return Tensors(FindWeights(map, depth: 0)
            ?? throw new FormatException($"{Path}: the pickle holds no dictionary of tensors, neither by itself nor under {string.Join(", ", WeightKeys)}."));
    }

    // A dictionary within wins over the tensors beside it ('loss', 'best'): a model's own dictionary holds tensors only.
    private PickleMap? FindWeights(PickleMap map, int depth)
    {
        if (depth < DeepestNesting)
        {
            foreach (var key in WeightKeys)
                if (map[key] is PickleMap within && FindWeights(within, depth + 1) is { } found) return found;
            var unusual = map.Items
                .Where(item => item is { Key: string, Value: PickleMap } && !OtherKeys.Any(((string)item.Key!).ToLowerInvariant().Contains))
                .Select(item => (Key: (string)item.Key!, Weights: FindWeights((PickleMap)item.Value!, depth + 1)))
                .Where(item => item.Weights is not null)
                .ToArray();
            if (unusual.Length == 1) return unusual[0].Weights;
            if (unusual.Length > 1)
            {
                throw new FormatException(
                    $"{Path}: tensors lie in several dictionaries, {string.Join(", ", unusual.Select(item => $"'{item.Key}'"))}; save the one that is meant alone: torch.save(checkpoint['{unusual[0].Key}'], f).");
            }
        }
        return Tensors(map).Any() ? map : null;
    }

    private static IEnumerable<(string Name, TensorReference Tensor)> Tensors(PickleMap map) =>
        from item in map.Items
        where item.Key is string && item.Value is TensorReference
        select ((string)item.Key!, (TensorReference)item.Value!);

    private void Check(string name, TensorReference tensor)
    {
        var storage = tensor.Storage;
        var entry = archive.GetEntry($"{prefix}data/{storage.Key}")
            ?? throw new FormatException($"{Path}: tensor '{name}' lies in storage '{storage.Key}', which the archive does not hold.");
        // torch.save stores; a compressed entry could unfold to any size.
        if (entry.CompressedLength != entry.Length)
            throw new FormatException($"{Path}: {entry.FullName} is compressed, which torch.save never does.");
        var isNegative = tensor.Offset < 0 || tensor.Shape.Any(size => size < 0) || tensor.Strides.Any(stride => stride < 0);
        if (isNegative || tensor.Shape.Length != tensor.Strides.Length)
            throw new FormatException($"{Path}: tensor '{name}' has a shape, strides or offset that make no sense.");
        if (tensor.Shape.Contains(0)) return;
        Int128 last = tensor.Offset;
        for (var axis = 0; axis < tensor.Shape.Length; axis++) last += (Int128)(tensor.Shape[axis] - 1) * tensor.Strides[axis];
        if ((last + 1) * TensorTypes.SizeOf(tensor.Type) > entry.Length)
            throw new FormatException($"{Path}: tensor '{name}' reaches beyond the {entry.Length} bytes of its storage '{storage.Key}'.");
        // An expanded tensor can be larger than its storage, but not without bound.
        if (TensorTypes.ByteCount(tensor.Shape, tensor.Type) is var bytes && (bytes < 0 || bytes / StridedCopy.MostExpansion > entry.Length))
            throw new FormatException($"{Path}: tensor '{name}' repeats a storage of {entry.Length} bytes too often.");
    }

    private Stream OpenStorage(string name, TensorReference reference)
    {
        var stream = archive.GetEntry($"{prefix}data/{reference.Storage.Key}")!.Open();
        var skip = reference.Offset * TensorTypes.SizeOf(reference.Type);
        if (stream.CanSeek)
        {
            stream.Seek(skip, SeekOrigin.Begin);
            return stream;
        }
        var scratch = new byte[Math.Min(TensorBytes.BufferSize, Math.Max(skip, 1))];
        while (skip > 0)
        {
            var count = stream.Read(scratch, 0, (int)Math.Min(skip, scratch.Length));
            if (count == 0) throw new FormatException($"{Path}: the storage of tensor '{name}' is truncated.");
            skip -= count;
        }
        return stream;
    }
}
