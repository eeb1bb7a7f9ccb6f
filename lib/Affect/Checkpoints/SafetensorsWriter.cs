namespace Affect.Checkpoints;

/// <summary>Writes safetensors files: whole or not at all, and the same bytes for the same tensors.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    // Escapes only what JSON must: names of tensors and people stay readable.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes tensors and metadata; an existing file is replaced only once the new one is complete.</summary>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    /// <param name="tensors">The tensors by name; on any device, of any strides.</param>
    /// <param name="metadata">What the file says about itself; <c>format = pt</c> is what transformers asks for.</param>
    /// <exception cref="ArgumentException">A tensor's number format has no name in safetensors, or a name is taken by the format.</exception>
    /// <exception cref="IOException">The disk is full or the file cannot be written; what was there before is unchanged.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));
    }

    /// <summary>Writes tensors and metadata into a stream.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, string}?)"/>
    internal static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        foreach (var (name, tensor) in tensors) CheckName(name, tensor);
        // Wide numbers first, as the reference implementation writes them: every tensor then begins at a multiple of its number's size.
        var ordered = tensors.OrderBy(pair => -NumberFormat.SizeOf(pair.Value.dtype)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        var padding = (Alignment - header.Length % Alignment) % Alignment;
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        stream.Write(length);
        stream.Write(header);
        for (var i = 0; i < padding; i++) stream.WriteByte((byte)' ');
        foreach (var (_, tensor) in ordered.Where(pair => pair.Value.numel() > 0))
        {
            using var scope = NewDisposeScope();
            tensor.detach().cpu().contiguous().WriteBytesToStream(stream, NumberFormat.BufferSize);
        }
    }

    private static void CheckName(string name, Tensor tensor)
    {
        if (name == "__metadata__") throw new ArgumentException("No tensor can be called '__metadata__' in a safetensors file.", nameof(name));
        if (NumberFormat.NameOf(tensor.dtype) is null)
            throw new ArgumentException($"Tensor '{name}' is of {tensor.dtype}; a safetensors file holds {NumberFormat.Names}.", nameof(tensor));
    }

    private static byte[] Header(List<KeyValuePair<string, Tensor>> ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        var header = new JsonObject();
        if (metadata is { Count: > 0 })
        {
            var sorted = metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal);
            header["__metadata__"] = new JsonObject(sorted.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }
        var offset = 0L;
        foreach (var (name, tensor) in ordered)
        {
            var end = offset + NumberFormat.ByteCount(tensor.shape, tensor.dtype);
            header[name] = new JsonObject
            {
                ["dtype"] = NumberFormat.NameOf(tensor.dtype),
                ["shape"] = new JsonArray([.. tensor.shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        return JsonSerializer.SerializeToUtf8Bytes(header, Readable);
    }
}
