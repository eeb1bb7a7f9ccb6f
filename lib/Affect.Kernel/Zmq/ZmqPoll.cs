namespace Affect.Kernel.Zmq;

/// <summary>Waits for the first of several sockets to have a message.</summary>
/// <remarks>An array of zmq_pollitem_t: the socket, a file descriptor that is not used, and the events; the descriptor is wider on Windows.</remarks>
internal sealed unsafe class ZmqPoll
{
    private static readonly int ItemBytes = OperatingSystem.IsWindows() ? 24 : 16;
    private static readonly int Events = OperatingSystem.IsWindows() ? 16 : 12;

    private readonly byte[] items;
    private readonly int count;

    internal ZmqPoll(IReadOnlyList<ZmqSocket> sockets)
    {
        (count, items) = (sockets.Count, new byte[sockets.Count * ItemBytes]);
        for (var i = 0; i < count; i++)
        {
            MemoryMarshal.Write(items.AsSpan(i * ItemBytes), sockets[i].Handle);
            MemoryMarshal.Write(items.AsSpan(i * ItemBytes + Events), LibZmq.PollIn);
        }
    }

    /// <summary>Waits; for ever where the time is negative.</summary>
    internal void Wait(TimeSpan timeout)
    {
        var milliseconds = timeout < TimeSpan.Zero ? -1 : (nint)Math.Ceiling(timeout.TotalMilliseconds);
        fixed (byte* start = items)
            while (LibZmq.zmq_poll(start, count, milliseconds) < 0) ZmqException.ThrowUnlessInterrupted("the sockets could not be waited for");
    }

    /// <summary>Whether this socket had a message when the wait ended.</summary>
    internal bool HasArrived(int socket) => MemoryMarshal.Read<short>(items.AsSpan(socket * ItemBytes + Events + sizeof(short))) != 0;
}
