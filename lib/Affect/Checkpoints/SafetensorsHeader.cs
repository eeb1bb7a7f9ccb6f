namespace Affect.Checkpoints;

/// <summary>The head of a safetensors file: which tensors it holds and where. Every claim is checked before a byte is read by it.</summary>
/// <remarks>
/// Format: github.com/huggingface/safetensors, README, "Format": 8 bytes of header length (little-endian), the header in JSON, the data,
/// which the tensors cover without holes or overlaps.
/// </remarks>
internal sealed class SafetensorsHeader
{
    internal const int LengthBytes = sizeof(ulong);

    // The reference implementation's limit; a header of the largest published models takes a few megabytes.
    internal const long MostBytes = 100_000_000;

    private SafetensorsHeader()
    {
    }

    internal Dictionary<string, TensorEntry> Entries { get; } = [];

    internal Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Tensors that only the metadata name, and the ones whose numbers they share.</summary>
    internal Dictionary<string, string> Aliases { get; } = [];

    /// <summary>First byte of each tensor, counted from the file's start.</summary>
    internal Dictionary<string, long> Offsets { get; } = [];

    /// <exception cref="FormatException">The file is not a whole safetensors file.</exception>
    internal static SafetensorsHeader Read(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        if (stream.Length < LengthBytes + 2)
            throw new FormatException($"{path}: a safetensors file has at least 10 bytes, this one {stream.Length}; it is empty or truncated.");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MostBytes)
            throw new FormatException($"{path}: the header claims {length} bytes, more than the limit of {MostBytes}; this is no safetensors file.");
        if ((long)length > stream.Length - LengthBytes)
            throw new FormatException($"{path}: the header claims {length} bytes, but only {stream.Length - LengthBytes} follow; the file is truncated.");
        var json = new byte[length];
        stream.ReadExactly(json);
        var header = new SafetensorsHeader();
        header.Parse(path, json, dataStart: LengthBytes + (long)length, fileLength: stream.Length);
        return header;
    }

    private void Parse(string path, byte[] json, long dataStart, long fileLength)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException($"{path}: the header must be a JSON object, but is {Describe(document.RootElement)}.");
            var spans = new List<(long Begin, long End, string Name)>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals("__metadata__")) ParseMetadata(path, property.Value);
                else spans.Add(ParseEntry(path, property.Name, property.Value));
            }
            CheckCoverage(path, spans, fileLength - dataStart);
            foreach (var (begin, _, name) in spans) Offsets.Add(name, dataStart + begin);
            AddAliases();
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path}: the header is not valid JSON ({error.Message})", error);
        }
        catch (InvalidOperationException error)
        {
            // A string in the header that is not valid UTF-16 or UTF-8.
            throw new FormatException($"{path}: the header is not valid JSON ({error.Message})", error);
        }
    }

    private void ParseMetadata(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{path}: __metadata__ must be an object of texts, but is {Describe(value)}.");
        foreach (var item in value.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.String)
                throw new FormatException($"{path}: __metadata__ '{item.Name}' must be a text, but is {Describe(item.Value)}.");
            Metadata[item.Name] = item.Value.GetString()!;
        }
    }

    // safetensors.torch.save_model writes tied weights once and notes the other names in the metadata: left-out name -> kept name.
    private void AddAliases()
    {
        foreach (var (name, kept) in Metadata)
        {
            if (Entries.ContainsKey(name) || !Offsets.TryGetValue(kept, out var offset)) continue;
            Aliases.Add(name, kept);
            Entries.Add(name, Entries[kept] with { Name = name });
            Offsets.Add(name, offset);
        }
    }

    private (long Begin, long End, string Name) ParseEntry(string path, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{path}: tensor '{name}' must be described by an object, but is {Describe(value)}.");
        if (!value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String)
            throw new FormatException($"{path}: tensor '{name}' has no dtype.");
        if (!TensorTypes.TryParse(dtype.GetString()!, out var type))
            throw new FormatException($"{path}: tensor '{name}' has dtype '{dtype.GetString()}'; known are {TensorTypes.Names}.");
        var shape = Integers(path, name, value, "shape");
        var offsets = Integers(path, name, value, "data_offsets");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw new FormatException($"{path}: tensor '{name}' must have data_offsets [begin, end], but has [{string.Join(", ", offsets)}].");
        var needed = TensorTypes.ByteCount(shape, type);
        var entry = new TensorEntry(name, type, shape);
        if (needed != offsets[1] - offsets[0])
        {
            var wish = needed < 0 ? "more than 2^63 bytes" : $"{needed} bytes";
            throw new FormatException(
                $"{path}: tensor '{name}' of shape {entry.ShapeText} and dtype {dtype.GetString()} takes {wish}, "
                + $"but its data_offsets span {offsets[1] - offsets[0]}.");
        }
        if (!Entries.TryAdd(name, entry)) throw new FormatException($"{path}: tensor '{name}' is described twice.");
        return (offsets[0], offsets[1], name);
    }

    private static long[] Integers(string path, string name, JsonElement value, string key)
    {
        if (!value.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{path}: tensor '{name}' has no {key}.");
        var numbers = new long[array.GetArrayLength()];
        var i = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i]) || numbers[i] < 0)
                throw new FormatException($"{path}: tensor '{name}' has {item.GetRawText()} in its {key}; expected whole numbers from 0 to 2^63 - 1.");
            i++;
        }
        return numbers;
    }

    private static void CheckCoverage(string path, List<(long Begin, long End, string Name)> spans, long available)
    {
        spans.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var covered = 0L;
        var last = "";
        foreach (var (begin, end, name) in spans)
        {
            if (end > available)
            {
                throw new FormatException(
                    $"{path}: tensor '{name}' spans bytes {begin} to {end} of the data, of which the file has {available}; it is truncated or damaged.");
            }
            if (begin < covered) throw new FormatException($"{path}: tensors '{last}' and '{name}' overlap (byte {begin} of the data belongs to both).");
            if (begin > covered) throw new FormatException($"{path}: bytes {covered} to {begin} of the data, before tensor '{name}', belong to no tensor.");
            (covered, last) = (end, name);
        }
        if (covered != available)
            throw new FormatException($"{path}: bytes {covered} to {available} of the data, after the last tensor, belong to no tensor.");
    }

    private static string Describe(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();
}
