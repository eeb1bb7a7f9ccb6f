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
    private const long MostBytes = 100_000_000;

    private readonly string path;
    private readonly List<(long Begin, long End, string Name)> spans = [];

    /// <exception cref="FormatException">The file is not a whole safetensors file.</exception>
    internal SafetensorsHeader(string path)
    {
        this.path = path;
        using var stream = RegularFile.OpenRead(path);
        if (stream.Length < LengthBytes + 2)
            throw Wrong($"a safetensors file has at least 10 bytes, this one {stream.Length}; it is empty or truncated.");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        var (length, left) = (BinaryPrimitives.ReadUInt64LittleEndian(prefix), stream.Length - LengthBytes);
        if (length > MostBytes) throw Wrong($"the header claims {length} bytes, more than the limit of {MostBytes}; this is no safetensors file.");
        if ((long)length > left) throw Wrong($"the header claims {length} bytes, but only {left} follow; the file is truncated.");
        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            Parse(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a string that is not valid UTF-16 or UTF-8.
            throw new FormatException($"{path}: the header is not valid JSON ({error.Message})", error);
        }
        CheckCoverage(left - (long)length);
        foreach (var (begin, _, name) in spans) Offsets.Add(name, LengthBytes + (long)length + begin);
        AddAliases();
    }

    internal Dictionary<string, TensorEntry> Entries { get; } = [];

    internal Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Tensors that only the metadata name, and the ones whose numbers they share.</summary>
    internal Dictionary<string, string> Aliases { get; } = [];

    /// <summary>First byte of each tensor, counted from the file's start.</summary>
    internal Dictionary<string, long> Offsets { get; } = [];

    private void Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in Fields(document.RootElement, "the header must be a JSON object"))
        {
            if (!property.NameEquals("__metadata__"))
            {
                AddEntry(property.Name, property.Value);
                continue;
            }
            foreach (var item in Fields(property.Value, "__metadata__ must be an object of texts"))
            {
                if (item.Value.ValueKind != JsonValueKind.String)
                    throw Wrong($"__metadata__ '{item.Name}' must be a text, but is {Kind(item.Value)}.");
                Metadata[item.Name] = item.Value.GetString()!;
            }
        }
    }

    private void AddEntry(string name, JsonElement value)
    {
        _ = Fields(value, $"tensor '{name}' must be described by an object");
        if (!value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String) throw Wrong($"tensor '{name}' has no dtype.");
        if (NumberFormat.Parse(dtype.GetString()!) is not { } type)
            throw Wrong($"tensor '{name}' has dtype '{dtype.GetString()}'; known are {NumberFormat.Names}.");
        var (shape, offsets) = (Integers(name, value, "shape"), Integers(name, value, "data_offsets"));
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw Wrong($"tensor '{name}' must have data_offsets [begin, end], but has [{string.Join(", ", offsets)}].");
        var needed = NumberFormat.ByteCount(shape, type);
        var entry = new TensorEntry(name, type, shape);
        if (needed != offsets[1] - offsets[0])
        {
            var wish = needed < 0 ? "more than 2^63" : $"{needed}";
            throw Wrong(
                $"tensor '{name}' of shape {entry.ShapeText} and dtype {dtype.GetString()} takes {wish} bytes, "
                + $"but its data_offsets span {offsets[1] - offsets[0]}.");
        }
        if (!Entries.TryAdd(name, entry)) throw Wrong($"tensor '{name}' is described twice.");
        spans.Add((offsets[0], offsets[1], name));
    }

    private long[] Integers(string name, JsonElement value, string key)
    {
        if (!value.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array) throw Wrong($"tensor '{name}' has no {key}.");
        return [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Wrong($"tensor '{name}' has {item.GetRawText()} in its {key}; expected whole numbers from 0 to 2^63 - 1."))];
    }

    private void CheckCoverage(long available)
    {
        spans.Sort();
        var (covered, last) = (0L, "");
        foreach (var (begin, end, name) in spans)
        {
            var place = $"tensor '{name}' spans bytes {begin} to {end} of the data";
            if (end > available) throw Wrong($"{place}, of which the file has {available}; it is truncated or damaged.");
            if (begin < covered) throw Wrong($"tensors '{last}' and '{name}' overlap (byte {begin} of the data belongs to both).");
            if (begin > covered) throw Wrong($"bytes {covered} to {begin} of the data, before tensor '{name}', belong to no tensor.");
            (covered, last) = (end, name);
        }
        if (covered != available) throw Wrong($"bytes {covered} to {available} of the data, after the last tensor, belong to no tensor.");
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

    private JsonElement.ObjectEnumerator Fields(JsonElement value, string wish) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Wrong($"{wish}, but is {Kind(value)}.");

    private static string Kind(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();

    private FormatException Wrong(string problem) => new($"{path}: {problem}");
}
