namespace Affect.Kernel.Scripting;

/// <summary>
/// What a cell gets where it opens the standard output or error by itself: the bytes it writes, UTF-8, arrive in the cell. The compiler puts these in the place of
/// the console's own (<see cref="StandardStreams"/>).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CellStream : Stream
{
    private readonly string name;
    private readonly Lazy<Stream> real;

    private CellStream(string name, Func<Stream> real) => (this.name, this.real) = (name, new Lazy<Stream>(real));

    /// <summary>In the place of <see cref="Console.OpenStandardOutput()"/>.</summary>
    public static Stream OpenStandardOutput() => new CellStream("stdout", Console.OpenStandardOutput);

    /// <summary>In the place of <see cref="Console.OpenStandardOutput(int)"/>.</summary>
    /// <param name="bufferSize">Of no effect, as there.</param>
    public static Stream OpenStandardOutput(int bufferSize) => bufferSize < 0 ? throw new ArgumentOutOfRangeException(nameof(bufferSize), bufferSize, "bufferSize must be at least 0.") : OpenStandardOutput();

    /// <summary>In the place of <see cref="Console.OpenStandardError()"/>.</summary>
    public static Stream OpenStandardError() => new CellStream("stderr", Console.OpenStandardError);

    /// <summary>In the place of <see cref="Console.OpenStandardError(int)"/>.</summary>
    /// <param name="bufferSize">Of no effect, as there.</param>
    public static Stream OpenStandardError(int bufferSize) => bufferSize < 0 ? throw new ArgumentOutOfRangeException(nameof(bufferSize), bufferSize, "bufferSize must be at least 0.") : OpenStandardError();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (ConsoleRouter.Relay is { } relay) relay.Bytes(name, buffer);
        else real.Value.Write(buffer);
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (real.IsValueCreated) real.Value.Flush();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
