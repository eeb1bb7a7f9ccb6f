namespace Affect.Kernel.Showing;

/// <summary>
/// What a cell gets where it opens the standard output or error by itself: the bytes it writes, UTF-8, arrive in the cell. The compiler puts these in
/// the place of the console's own (<c>StandardStreams</c>).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStreams
{
    /// <summary>In the place of <see cref="Console.OpenStandardOutput()"/>.</summary>
    public static Stream OpenStandardOutput() => OpenStandardOutput(0);

    /// <summary>In the place of <see cref="Console.OpenStandardOutput(int)"/>.</summary>
    /// <param name="bufferSize">Of no effect, as there.</param>
    public static Stream OpenStandardOutput(int bufferSize) => Open("stdout", Console.OpenStandardOutput, bufferSize);

    /// <summary>In the place of <see cref="Console.OpenStandardError()"/>.</summary>
    public static Stream OpenStandardError() => OpenStandardError(0);

    /// <summary>In the place of <see cref="Console.OpenStandardError(int)"/>.</summary>
    /// <param name="bufferSize">Of no effect, as there.</param>
    public static Stream OpenStandardError(int bufferSize) => Open("stderr", Console.OpenStandardError, bufferSize);

    private static Routed Open(string name, Func<Stream> real, int bufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        return new Routed(name, new Lazy<Stream>(real));
    }

    private sealed class Routed(string name, Lazy<Stream> real) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (ConsoleRouter.Relay is { } relay) relay.Bytes(name, buffer);
            else real.Value.Write(buffer);
        }

        // On the thread that writes: each thread's half of a character waits for its rest.
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
            if (real.IsValueCreated) real.Value.Flush();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
