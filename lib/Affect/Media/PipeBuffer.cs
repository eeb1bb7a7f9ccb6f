namespace Affect.Media;

/// <summary>Collects what a child writes in pooled blocks, so that a long recording is copied once and a short one costs nothing.</summary>
internal sealed class PipeBuffer : IDisposable
{
    private const int BlockBytes = 1 << 20;
    private readonly List<byte[]> blocks = [];
    private int filled = BlockBytes;

    /// <summary>How many bytes have come.</summary>
    internal long Length => blocks.Count == 0 ? 0 : (long)(blocks.Count - 1) * BlockBytes + filled;

    /// <summary>Reads to the end.</summary>
    /// <param name="child">Who writes.</param>
    /// <param name="most">Bytes at most.</param>
    /// <param name="until">Ends the reading early where it says so, asked before each block.</param>
    /// <returns>False when more than <paramref name="most"/> bytes came; the rest is not read.</returns>
    internal bool Fill(FfmpegProcess child, long most, Func<bool>? until = null)
    {
        while (until?.Invoke() != true)
        {
            if (filled == BlockBytes)
            {
                blocks.Add(ArrayPool<byte>.Shared.Rent(BlockBytes));
                filled = 0;
            }
            var count = child.Read(blocks[^1].AsSpan(filled, BlockBytes - filled));
            if (count == 0) return true;
            filled += count;
            if (Length > most) return false;
        }
        return true;
    }

    /// <summary>Copies the first bytes out.</summary>
    internal void CopyTo(Span<byte> bytes)
    {
        for (var block = 0; bytes.Length > 0; block++)
        {
            var count = Math.Min(BlockBytes, bytes.Length);
            blocks[block].AsSpan(0, count).CopyTo(bytes);
            bytes = bytes[count..];
        }
    }

    public void Dispose()
    {
        foreach (var block in blocks) ArrayPool<byte>.Shared.Return(block);
        blocks.Clear();
    }
}
