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
        writer.Append(message => Bytes(message, 3, Encoding.UTF8.GetBytes("brain.Event:2")));
        return writer;
    }

    /// <summary>Writes the scalars of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scalars">Tag and value.</param>
    public void Write(long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        var summary = Message(all =>
        {
            foreach (var (tag, scalar) in scalars) Bytes(all, 1, Message(value => Scalar(value, tag, (float)scalar)));
        });
        Append(message =>
        {
            message.Write((byte)(2 << 3 | 0));
            message.Write7BitEncodedInt64(step);
            Bytes(message, 5, summary);
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private void Append(Action<BinaryWriter> write)
    {
        var data = Message(message =>
        {
            message.Write((byte)(1 << 3 | 1));
            message.Write(time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
            write(message);
        });
        var length = BitConverter.GetBytes((long)data.Length);
        file.Write([.. length, .. Checksum(length), .. data, .. Checksum(data)]);
        file.Flush();
    }

    private static byte[] Checksum(byte[] data)
    {
        var crc = ~data.Aggregate(uint.MaxValue, BitOperations.Crc32C);
        return BitConverter.GetBytes(unchecked((crc >> 15 | crc << 17) + 0xa282ead8));
    }

    private static byte[] Message(Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        write(writer);
        writer.Flush();
        return buffer.ToArray();
    }

    private static void Scalar(BinaryWriter message, string tag, float value)
    {
        Bytes(message, 1, Encoding.UTF8.GetBytes(tag));
        message.Write((byte)(2 << 3 | 5));
        message.Write(value);
    }

    private static void Bytes(BinaryWriter message, int field, byte[] bytes)
    {
        message.Write((byte)(field << 3 | 2));
        message.Write7BitEncodedInt(bytes.Length);
        message.Write(bytes);
    }
}
