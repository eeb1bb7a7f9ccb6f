namespace Affect.Kernel.Showing;

/// <summary>Takes what is written to it, up to a number of bytes: what is written may have no end.</summary>
internal sealed class BoundedStream(int most) : MemoryStream
{
    /// <summary>What was written.</summary>
    internal ReadOnlySpan<byte> Written => GetBuffer().AsSpan(0, (int)Length);

    /// <exception cref="IOException">There is no room.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Require(count);
        base.Write(buffer, offset, count);
    }

    /// <exception cref="IOException">There is no room.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Require(buffer.Length);
        base.Write(buffer);
    }

    private void Require(int count)
    {
        if (Length + count > most) throw new IOException($"There is room for {most} bytes.");
    }
}
