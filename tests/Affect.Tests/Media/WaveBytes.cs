namespace Affect.Tests.Media;

/// <summary>Wave files byte by byte, with whatever sizes a test wants them to claim.</summary>
internal static class WaveBytes
{
    /// <summary>A file of chunks; its own size is right unless another is claimed.</summary>
    public static byte[] File(byte[][] chunks, uint? riffSize = null, string kind = "RIFF")
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. Encoding.ASCII.GetBytes(kind), .. BitConverter.GetBytes(riffSize ?? (uint)body.Length), .. body];
    }

    /// <summary>A chunk; odd ones are padded.</summary>
    public static byte[] Chunk(string name, byte[] body, uint? size = null, bool isPadded = true) =>
        [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(size ?? (uint)body.Length), .. body, .. new byte[isPadded ? body.Length % 2 : 0]];

    public static byte[] Format(int channels = 1, int rate = 16000, int bits = 16, int tag = 1)
    {
        var body = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), rate * channels * bits / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(12), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(14), (ushort)bits);
        return Chunk("fmt ", body);
    }

    /// <summary>RF64's chunk of large sizes.</summary>
    public static byte[] Large(long riff, long data) => Chunk("ds64", [.. BitConverter.GetBytes(riff), .. BitConverter.GetBytes(data), .. new byte[12]]);

    public static byte[] List => Chunk("LIST", [.. "INFO"u8, .. Chunk("ISFT", Encoding.ASCII.GetBytes("Lavf59.27.100\0"))]);

    public static byte[] Samples(params IEnumerable<short> samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    public static byte[] Floats(params IEnumerable<float> samples) => [.. samples.SelectMany(BitConverter.GetBytes)];
}
