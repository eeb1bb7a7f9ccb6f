namespace Affect.Checkpoints;

/// <summary>Writes safetensors files: whole or not at all, and the same bytes for the same tensors.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    // Escapes only what JSON must: names of tensors and people stay readable.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        var ordered = tensors.OrderByDescending(pair => TensorTypes.SizeOf(pair.Value.dtype)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered) WriteData(stream, tensor);
    }

    private static void CheckName(string name, Tensor tensor)
    {
        if (name == "__metadata__") throw new ArgumentException("No tensor can be called '__metadata__' in a safetensors file.", nameof(name));
        if (TensorTypes.NameOf(tensor.dtype) is null)
            throw new ArgumentException($"Tensor '{name}' is of {tensor.dtype}; a safetensors file holds {TensorTypes.Names}.", nameof(tensor));
    }

    private static byte[] Header(List<KeyValuePair<string, Tensor>> ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            var offset = 0L;
            foreach (var (name, tensor) in ordered)
                offset = WriteEntry(json, name, tensor, offset);
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", TensorTypes.NameOf(tensor.dtype));
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        offset += TensorTypes.ByteCount(tensor.shape, tensor.dtype);
        json.WriteNumberValue(offset);
        json.WriteEndArray();
        json.WriteEndObject();
        return offset;
    }

    private static void WriteData(Stream stream, Tensor tensor)
    {
        if (tensor.numel() == 0) return;
        using var scope = NewDisposeScope();
        tensor.detach().cpu().contiguous().WriteBytesToStream(stream, TensorBytes.BufferSize);
    }
}
