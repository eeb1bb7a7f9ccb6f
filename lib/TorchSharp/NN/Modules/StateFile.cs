namespace TorchSharp;

/// <summary>
/// TorchSharp's own file format: numbers in LEB128, a tensor as element type, number of dimensions, sizes and its elements in order.
/// </summary>
internal static class StateFile
{
    private const int MostDimensions = 64;
    private const int BufferSize = 1 << 16;

    internal static void WriteNumber(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long ReadNumber(BinaryReader reader)
    {
        var value = reader.Read7BitEncodedInt64();
        return value >= 0 ? value : throw new InvalidDataException($"A count must not be negative, but the file says {value}.");
    }

    internal static void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        using var mode = torch.no_grad();
        WriteNumber(writer, (long)tensor.dtype);
        var shape = tensor.shape;
        WriteNumber(writer, shape.Length);
        foreach (var size in shape) WriteNumber(writer, size);
        writer.Flush();
        tensor.cpu().contiguous().WriteBytesToStream(writer.BaseStream, BufferSize);
    }

    /// <param name="name">For error messages.</param>
    /// <param name="target">Receives the values; null reads past them.</param>
    internal static void Read(BinaryReader reader, string name, torch.Tensor? target)
    {
        var (dtype, shape) = ReadHeader(reader, name);
        if (target is null)
        {
            Skip(reader, name, Bytes(dtype, shape, name));
            return;
        }
        if (dtype != target.dtype) throw new ArgumentException($"{name} must be {target.dtype}, but is {dtype} in the file. Convert the module first.");
        if (!target.shape.AsSpan().SequenceEqual(shape))
            throw new ArgumentException($"{name} must have the shape [{string.Join(", ", target.shape)}], but has [{string.Join(", ", shape)}] in the file.");
        using var scope = torch.NewDisposeScope();
        using var mode = torch.no_grad();
        target.copy_(ReadElements(reader, name, dtype, shape));
    }

    /// <summary>Reads one tensor, whatever its type and shape.</summary>
    internal static torch.Tensor Read(BinaryReader reader, string name)
    {
        var (dtype, shape) = ReadHeader(reader, name);
        return ReadElements(reader, name, dtype, shape);
    }

    internal static void WriteAtomically(string location, Action<BinaryWriter> write)
    {
        var temporary = $"{location}.{Environment.ProcessId}.tmp";
        try
        {
            using (var writer = new BinaryWriter(File.Create(temporary))) write(writer);
            File.Move(temporary, location, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static (torch.ScalarType, long[]) ReadHeader(BinaryReader reader, string name)
    {
        var number = ReadNumber(reader);
        if (number > sbyte.MaxValue || !Enum.IsDefined((torch.ScalarType)number)) throw new InvalidDataException($"{name} has the unknown element type {number}.");
        var dimensions = ReadNumber(reader);
        if (dimensions > MostDimensions) throw new InvalidDataException($"{name} must have at most {MostDimensions} dimensions, but has {dimensions}.");
        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++) shape[i] = ReadNumber(reader);
        return ((torch.ScalarType)number, shape);
    }

    private static torch.Tensor ReadElements(BinaryReader reader, string name, torch.ScalarType dtype, long[] shape)
    {
        var stream = reader.BaseStream;
        var wanted = Bytes(dtype, shape, name);
        // Checked before anything is allocated: a broken header may ask for any amount of memory.
        if (stream.CanSeek && wanted > stream.Length - stream.Position)
            throw new InvalidDataException($"{name} needs {wanted} bytes, but the file has only {stream.Length - stream.Position} left.");
        var tensor = torch.empty(shape, dtype: dtype);
        tensor.ReadBytesFromStream(stream, BufferSize);
        return tensor;
    }

    private static void Skip(BinaryReader reader, string name, long bytes)
    {
        var buffer = new byte[Math.Min(bytes, BufferSize)];
        while (bytes > 0)
        {
            var read = reader.Read(buffer, 0, (int)Math.Min(bytes, buffer.Length));
            if (read == 0) throw new InvalidDataException($"{name} is cut off: {bytes} bytes are missing.");
            bytes -= read;
        }
    }

    private static long Bytes(torch.ScalarType dtype, long[] shape, string name)
    {
        try
        {
            var bytes = (long)ElementTypes.SizeOf(dtype);
            foreach (var size in shape) bytes = checked(bytes * size);
            return bytes;
        }
        catch (OverflowException error)
        {
            throw new InvalidDataException($"{name} has the impossible shape [{string.Join(", ", shape)}].", error);
        }
    }
}
