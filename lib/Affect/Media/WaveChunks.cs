namespace Affect.Media;

/// <summary>Where the samples of a RIFF wave file lie (RIFF, and RF64 and BW64 for large ones), by its chunks and in spite of what some claim.</summary>
/// <remarks>
/// EBU Tech 3306, <em>RF64</em>, and Microsoft's <em>Multimedia Programming Interface</em>, 1991. Recorders that were killed and programs that write
/// into a pipe leave a size that stands for "not known yet": 0, or one near 2³¹ or 2³². Then all that follows is samples.
/// </remarks>
internal sealed record WaveChunks
{
    private const uint Unknown = uint.MaxValue;
    private const int MostFormatBytes = 40;
    private const int HeaderBytes = 8;

    /// <summary>The first bytes of the chunk that describes the samples, 16 to 40.</summary>
    internal required byte[] Format { get; init; }

    /// <summary>Where samples are, and how many bytes of them; those that a truncated file lacks do not count.</summary>
    internal required IReadOnlyList<(long Start, long Bytes)> Data { get; init; }

    /// <summary>Bytes of samples that the file says it holds; for a size that is not known, those that are there.</summary>
    internal required long PromisedBytes { get; init; }

    /// <summary>True where there is one run of samples of the size that it says, and nothing else: what every reader reads alike.</summary>
    internal required bool IsPlain { get; init; }

    internal long Bytes => Data.Sum(data => data.Bytes);

    /// <summary>Reads the chunks; null for anything that is no wave file with a description and samples.</summary>
    internal static WaveChunks? TryRead(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        stream.Position = 0;
        if (!TryFill(stream, head) || !head[8..].SequenceEqual("WAVE"u8)) return null;
        var isLarge = head[..4].SequenceEqual("RF64"u8) || head[..4].SequenceEqual("BW64"u8);
        if (!isLarge && !head[..4].SequenceEqual("RIFF"u8)) return null;
        var end = HeaderBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        byte[]? format = null;
        long? largeData = null;
        var data = new List<(long, long)>();
        var promised = 0L;
        var isPlain = true;
        var at = (long)head.Length;
        // Behind the samples, what bears no name is no chunk; before them it can only be passed over.
        while (ReadChunk(stream, at, mayBeNameless: data.Count == 0) is { } chunk)
        {
            var size = chunk.Size;
            var left = stream.Length - chunk.Start;
            if (chunk.Name == "data")
            {
                // A large file's size stands in the chunk ds64.
                if (isLarge && size == Unknown) size = largeData ?? 0;
                var isKnown = size == 0 ? left == 0 || IsFollowedByChunks(stream, chunk.Start, end) : !StandsForUnknown(size) || (size > 0 && size <= left && size != Unknown);
                data.Add((chunk.Start, isKnown ? Math.Min(size, left) : left));
                promised += isKnown ? size : left;
                isPlain &= isKnown && size > 0 && data.Count == 1;
                if (!isKnown) break;
            }
            else if (chunk.Name == "fmt " && size is >= 16 && size <= left) format ??= Take(stream, chunk.Start, (int)Math.Min(size, MostFormatBytes));
            else if (chunk.Name == "ds64" && size is >= 16 && size <= left) largeData = BinaryPrimitives.ReadInt64LittleEndian(Take(stream, chunk.Start, 16).AsSpan(8));
            // ffmpeg reads some of the others, and refuses a file for what is wrong in them.
            isPlain &= chunk.Name is "data" or "fmt " or "fact";
            if (size > left) break;
            at = NextChunk(stream, chunk.Start, size);
        }
        return format is null || data.Count == 0 ? null : new WaveChunks { Format = format, Data = data, PromisedBytes = promised, IsPlain = isPlain };
    }

    // Within 64 KiB of 2^31 or 2^32: arecord's 2^31, sox's and espeak-ng's 0x7FFFF000, less a header, or rounded to whole frames. Beyond: a 64-bit -1.
    private static bool StandsForUnknown(long size) => size is < 0 or (>= 0x7FFF_0000 and <= 0x8001_0000) or (>= 0xFFFF_0000 and <= 0xFFFF_FFFF) or >= 1L << 56;

    // Whether a chunk of size 0 is empty, or its size unknown. Samples do not look like chunks that end with the file; and where RIFF's own size
    // is that of the whole file, the writer knew what it wrote.
    private static bool IsFollowedByChunks(Stream stream, long start, long riffEnd)
    {
        if (ReadChunk(stream, start) is not { } next) return false;
        if (Math.Abs(stream.Length - riffEnd) <= 1 && next.Size <= stream.Length - next.Start) return true;
        var at = start;
        while (ReadChunk(stream, at) is { } chunk)
        {
            at = NextChunk(stream, chunk.Start, chunk.Size);
            if (chunk.Start + chunk.Size == stream.Length || at == stream.Length) return true;
        }
        return false;
    }

    // Null at the end, or where no chunk's name stands.
    private static (string Name, long Start, long Size)? ReadChunk(Stream stream, long at, bool mayBeNameless = false)
    {
        if (at < 0 || at > stream.Length - HeaderBytes) return null;
        Span<byte> head = stackalloc byte[HeaderBytes];
        stream.Position = at;
        if (!TryFill(stream, head) || (!mayBeNameless && head[..4].ContainsAnyExceptInRange((byte)' ', (byte)'~'))) return null;
        return (System.Text.Encoding.ASCII.GetString(head[..4]), at + HeaderBytes, BinaryPrimitives.ReadUInt32LittleEndian(head[4..]));
    }

    // Chunks are padded to an even size; some writers forget to, which the next name tells.
    private static long NextChunk(Stream stream, long start, long size)
    {
        var end = start + size;
        if (size % 2 == 0 || end < 0 || end > stream.Length - 4) return end + size % 2;
        var name = Take(stream, end, 4);
        return name.AsSpan().SequenceEqual("data"u8) || name.AsSpan().SequenceEqual("fmt "u8) || name.AsSpan().SequenceEqual("LIST"u8) || name.AsSpan().SequenceEqual("fact"u8) ? end : end + 1;
    }

    private static byte[] Take(Stream stream, long start, int count)
    {
        var bytes = new byte[count];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool TryFill(Stream stream, Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
