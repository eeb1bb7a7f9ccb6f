namespace Affect.Training.TensorBoard;

/// <summary>Writes scalars into an event file as TensorBoard reads it.</summary>
/// <remarks>
/// The file is a sequence of TFRecords (length, its checksum, data, its checksum; masked CRC-32C), each an <c>Event</c> message in protocol buffers'
/// encoding: wall_time = 1, step = 2, file_version = 3, summary = 5 { value = 1 { tag = 1, simple_value = 2 } }.
/// TorchSharp 0.107 has a writer of the same files, but writes .NET ticks for the second in which a run began (TensorBoard sorts runs by that), rounds all other times to seconds,
/// and writes the machine's name into that of the file; a test tells when it does not any more.
/// </remarks>
public sealed class EventWriter : IDisposable
{
    private readonly FileStream file;
    private readonly TimeProvider time;

    private EventWriter(FileStream file, TimeProvider time) => (this.file, this.time) = (file, time);

    /// <summary>Begins a new file; TensorBoard joins those of one folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public static EventWriter Create(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        time ??= TimeProvider.System;
        var now = time.GetUtcNow();
        var name = FormattableString.Invariant($"events.out.tfevents.{now.ToUnixTimeMilliseconds()}.{Environment.ProcessId}.affect");
        var writer = new EventWriter(new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read), time);
        using var version = new MemoryStream();
        writer.Begin(version);
        Text(version, 3, "brain.Event:2");
        writer.Append(version.ToArray());
        return writer;
    }

    /// <summary>Writes the scalars of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scalars">Tag and value.</param>
    public void Write(long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        using var summary = new MemoryStream();
        Span<byte> bits = stackalloc byte[4];
        foreach (var (tag, scalar) in scalars)
        {
            using var value = new MemoryStream();
            Text(value, 1, tag);
            value.WriteByte(2 << 3 | 5);
            BinaryPrimitives.WriteSingleLittleEndian(bits, (float)scalar);
            value.Write(bits);
            Bytes(summary, 1, value.ToArray());
        }
        using var message = new MemoryStream();
        Begin(message);
        message.WriteByte(2 << 3 | 0);
        Varint(message, (ulong)step);
        Bytes(message, 5, summary.ToArray());
        Append(message.ToArray());
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private void Begin(MemoryStream message)
    {
        message.WriteByte(1 << 3 | 1);
        Span<byte> bits = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bits, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        message.Write(bits);
    }

    private void Append(byte[] data)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        file.Write(length);
        Checksum(length);
        file.Write(data);
        Checksum(data);
        file.Flush();
    }

    private void Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data) crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        Span<byte> masked = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, unchecked((crc >> 15 | crc << 17) + 0xa282ead8));
        file.Write(masked);
    }

    private static void Text(MemoryStream target, int field, string text) => Bytes(target, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(MemoryStream target, int field, byte[] bytes)
    {
        target.WriteByte((byte)(field << 3 | 2));
        Varint(target, (ulong)bytes.Length);
        target.Write(bytes);
    }

    private static void Varint(MemoryStream target, ulong value)
    {
        for (; value >= 0x80; value >>= 7) target.WriteByte((byte)(value | 0x80));
        target.WriteByte((byte)value);
    }
}
