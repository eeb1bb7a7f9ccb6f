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
    [
        "state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "weights", "params", "generator", "encoder", "backbone",
        "checkpoint", "model_ema", "ema_state_dict", "ema",
    ];

    // What they put there that is no model's.
    private static readonly string[] OtherKeys =
    [
        "optimizer", "optim", "scheduler", "scaler", "amp", "rng", "random", "loss", "criterion", "metric", "callback", "config", "args", "hyper",
    ];

    private readonly ZipArchive archive;
    private readonly Dictionary<string, TensorEntry> entries = [];
    private readonly Dictionary<string, TensorReference> references = [];
    private readonly string prefix;

    private PyTorchFile(string path, ZipArchive archive)
        : base(path)
    {
        this.archive = archive;
        var pickle = archive.Entries.FirstOrDefault(entry => $"/{entry.FullName}".EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw Wrong("the archive holds no data.pkl; it was not written by torch.save.");
        prefix = pickle.FullName[..^"data.pkl".Length];
        if (archive.GetEntry(prefix + "constants.pkl") is not null)
            throw new FormatException($"{path} is a TorchScript archive (a program with its weights); save its state_dict() alone with torch.save.");
        if (archive.GetEntry(prefix + "byteorder") is { } entry
            && Encoding.ASCII.GetString(Content(entry, most: 16)).Trim() is var order && order != "little")
            throw Wrong($"the numbers are in '{order}' byte order; only little is read.");
        var root = new Unpickler(path, Content(pickle, MostPickleBytes), TorchGlobals.Allowed, id => TorchGlobals.Storage(path, id)).Load();
        if (root is not PickleMap map) throw Wrong("the pickle holds no dictionary of tensors.");
        var weights = FindWeights(map, depth: 0)
            ?? throw Wrong($"the pickle holds no dictionary of tensors, neither by itself nor under {string.Join(", ", WeightKeys)}.");
        foreach (var (name, tensor) in Tensors(weights))
        {
            Check(name, tensor);
            references.Add(name, tensor);
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
        PointerFile.RequireWanted(path);
        var stream = RegularFile.OpenRead(path);
        try
        {
            RefuseOldFormats(path, stream);
            return new PyTorchFile(path, new ZipArchive(stream, ZipArchiveMode.Read));
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (error is InvalidDataException) throw new FormatException($"{path}: the zip archive is damaged or truncated ({error.Message})", error);
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
        reference.Read(numbers, tensor);
        return tensor;
    }

    /// <summary>True if a file begins like a zip archive or a pickle, false for anything else.</summary>
    internal static bool IsOne(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        return Start(stream) is var start && (IsZip(start) || start is [0x80, <= 5, ..]);
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
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start[..count];
    }

    private static void RefuseOldFormats(string path, FileStream stream)
    {
        var start = Start(stream);
        if (IsZip(start)) return;
        throw new FormatException(start switch
        {
            [] => $"{path} is empty.",
            [0x80, ..] => $"{path} is in PyTorch's format of before version 1.6 (a bare pickle), which is not read. "
                + "Save it again in Python: torch.save(torch.load(f, map_location='cpu'), f).",
            _ => $"{path} is neither a zip archive nor a pickle; it was not written by torch.save.",
        });
    }

    private byte[] Content(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most) throw Wrong($"{entry.FullName} is larger than the limit of {most} bytes.");
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length) throw Wrong($"{entry.FullName} is truncated.");
        return content;
    }

    // A dictionary within wins over the tensors beside it ('loss', 'best'): a model's own dictionary holds tensors only.
    private PickleMap? FindWeights(PickleMap map, int depth)
    {
        if (depth < DeepestNesting)
        {
            foreach (var key in WeightKeys)
                if (map[key] is PickleMap within && FindWeights(within, depth + 1) is { } found) return found;
            var unusual = map.Items
                .Where(item => item is { Key: string key, Value: PickleMap } && !OtherKeys.Any(key.ToLowerInvariant().Contains))
                .Select(item => (Key: (string)item.Key!, Weights: FindWeights((PickleMap)item.Value!, depth + 1)))
                .Where(item => item.Weights is not null)
                .ToArray();
            if (unusual.Length == 1) return unusual[0].Weights;
            if (unusual.Length > 1)
            {
                throw Wrong(
                    $"tensors lie in several dictionaries, {string.Join(", ", unusual.Select(item => $"'{item.Key}'"))}; "
                    + $"save the one that is meant alone: torch.save(checkpoint['{unusual[0].Key}'], f).");
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
        var key = tensor.Source.Key;
        var entry = archive.GetEntry($"{prefix}data/{key}")
            ?? throw Wrong($"tensor '{name}' lies in storage '{key}', which the archive does not hold.");
        // torch.save stores; a compressed entry could unfold to any size.
        if (entry.CompressedLength != entry.Length) throw Wrong($"{entry.FullName} is compressed, which torch.save never does.");
        if (tensor.Offset < 0 || tensor.Shape.Concat(tensor.Strides).Any(number => number < 0) || tensor.Shape.Length != tensor.Strides.Length)
            throw Wrong($"tensor '{name}' has a shape, strides or offset that make no sense.");
        if (tensor.Shape.Contains(0)) return;
        if ((tensor.Offset + tensor.Extent) * NumberFormat.SizeOf(tensor.Type) > entry.Length)
            throw Wrong($"tensor '{name}' reaches beyond the {entry.Length} bytes of its storage '{key}'.");
        // An expanded tensor can be larger than its storage, but not without bound.
        if (NumberFormat.ByteCount(tensor.Shape, tensor.Type) is var bytes && (bytes < 0 || bytes / TensorReference.MostExpansion > entry.Length))
            throw Wrong($"tensor '{name}' repeats a storage of {entry.Length} bytes too often.");
    }

    private Stream OpenStorage(string name, TensorReference reference)
    {
        var stream = archive.GetEntry($"{prefix}data/{reference.Source.Key}")!.Open();
        var skip = reference.Offset * NumberFormat.SizeOf(reference.Type);
        if (stream.CanSeek)
        {
            stream.Seek(skip, SeekOrigin.Begin);
            return stream;
        }
        var scratch = new byte[Math.Min(NumberFormat.BufferSize, Math.Max(skip, 1))];
        while (skip > 0)
        {
            var count = stream.Read(scratch, 0, (int)Math.Min(skip, scratch.Length));
            if (count == 0) throw Wrong($"the storage of tensor '{name}' is truncated.");
            skip -= count;
        }
        return stream;
    }

    private FormatException Wrong(string problem) => new($"{Path}: {problem}");
}
