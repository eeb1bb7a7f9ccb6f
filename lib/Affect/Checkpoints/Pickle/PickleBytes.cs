namespace Affect.Checkpoints.Pickle;

/// <summary>Reads a pickle's bytes; a length that goes beyond the end is refused before anything is allocated.</summary>
internal sealed class PickleBytes(string path, byte[] content)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal int Position { get; private set; }

    internal byte Byte() => Take(1)[0];

    internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    internal long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    internal ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    internal double DoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    internal byte[] Blob(ulong length) => Take(length).ToArray();

    internal string Utf8(ulong length)
    {
        try
        {
            return Strict.GetString(Take(length));
        }
        catch (DecoderFallbackException error)
        {
            throw Damaged("holds a text that is not UTF-8", error);
        }
    }

    internal string Latin1(ulong length) => Encoding.Latin1.GetString(Take(length));

    /// <summary>The text up to the next line feed, which is skipped.</summary>
    internal string Line()
    {
        var end = Array.IndexOf(content, (byte)'\n', Position);
        if (end < 0) throw Damaged("ends in the middle of a line");
        var text = Utf8((ulong)(end - Position));
        Position = end + 1;
        return text;
    }

    /// <summary>A whole number in two's complement of any length, as long as it fits 64 bits.</summary>
    internal long Long(ulong length)
    {
        var bytes = Take(length);
        var value = new System.Numerics.BigInteger(bytes);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : throw Damaged("holds a number beyond 64 bits");
    }

    internal FormatException Damaged(string what, Exception? inner = null) => new($"{path}: the pickle {what} (byte {Position}).", inner);

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(content.Length - Position)) throw Damaged("is truncated");
        var span = content.AsSpan(Position, (int)length);
        Position += (int)length;
        return span;
    }
}
