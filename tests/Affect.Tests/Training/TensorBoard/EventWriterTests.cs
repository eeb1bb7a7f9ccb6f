namespace Affect.Tests.Training.TensorBoard;

public sealed class EventWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scalars_are_read_back()
    {
        using (var writer = EventWriter.Create(folder.Path)) writer.Write(300, [new("loss", 1.5), new("epoch/waf", 0.25)]);
        var records = Records();
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(Field(records[0], 3)));
        Assert.Equal(300u, Varint(records[1], 2));
        var values = Fields(Field(records[1], 5)).Where(field => field.Number == 1).Select(field => field.Bytes).ToArray();
        Assert.Equal(["loss", "epoch/waf"], values.Select(value => Encoding.UTF8.GetString(Field(value, 1))));
        Assert.Equal([1.5f, 0.25f], values.Select(value => BinaryPrimitives.ReadSingleLittleEndian(Field(value, 2))));
        var wall = BinaryPrimitives.ReadDoubleLittleEndian(Field(records[1], 1));
        Assert.InRange(wall, 1.7e9, 5e9);
    }

    [Fact]
    public void The_trainer_writes_steps_and_epochs()
    {
        using var task = new ToyTask();
        new Trainer(new TrainerConfig { Epochs = 2, BatchSize = 20, TensorBoard = true }).Run(task, folder.Path);
        var tags = Records().Skip(1).SelectMany(record => Fields(Field(record, 5))).Select(value => Encoding.UTF8.GetString(Field(value.Bytes, 1))).ToArray();
        Assert.Equal(4, tags.Count(tag => tag == "loss"));
        Assert.Equal(2, tags.Count(tag => tag == "epoch/waf"));
    }

    [Fact]
    public void TorchSharps_own_writer_still_has_what_ours_is_kept_for()
    {
        var writer = TorchSharp.torch.utils.tensorboard.SummaryWriter(folder.Path);
        writer.add_scalar("loss", 1.5f, 300);
        var records = Records();
        double[] times = [.. records.Select(record => BinaryPrimitives.ReadDoubleLittleEndian(Field(record, 1)))];
        Assert.InRange(times[0], 6e17, 1e18);
        Assert.Equal(Math.Floor(times[1]), times[1]);
        Assert.Contains($".{Environment.MachineName}.", Directory.GetFiles(folder.Path).Single(), StringComparison.Ordinal);
        // The rest is as ours: tag, value, step.
        var value = Field(Field(records[1], 5), 1);
        Assert.Equal(("loss", 1.5f, 300u), (Encoding.UTF8.GetString(Field(value, 1)), BinaryPrimitives.ReadSingleLittleEndian(Field(value, 2)), Varint(records[1], 2)));
    }

    // TFRecord: length, masked CRC-32C of it, data, masked CRC-32C of them.
    private List<byte[]> Records()
    {
        var bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path, "events.out.tfevents.*")));
        var records = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var data = bytes[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            records.Add(data);
            at += 16 + length;
        }
        return records;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        // Bit by bit, by the polynomial: not the instruction that the writer uses.
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xa282ead8);
    }

    private static byte[] Field(byte[] message, int number) => Fields(message).First(field => field.Number == number).Bytes;

    private static ulong Varint(byte[] message, int number) => BinaryPrimitives.ReadUInt64LittleEndian(Field(message, number));

    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = (int)Read(message, ref at);
            switch (key & 7)
            {
                case 0:
                    var bytes = new byte[8];
                    BinaryPrimitives.WriteUInt64LittleEndian(bytes, Read(message, ref at));
                    yield return (key >> 3, bytes);
                    break;
                case 1:
                    yield return (key >> 3, message[at..(at += 8)]);
                    break;
                case 5:
                    yield return (key >> 3, message[at..(at += 4)]);
                    break;
                default:
                    var length = (int)Read(message, ref at);
                    yield return (key >> 3, message[at..(at += length)]);
                    break;
            }
        }
    }

    private static ulong Read(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(message[at] & 0x7F) << shift;
            if (message[at++] < 0x80) return value;
        }
    }
}
