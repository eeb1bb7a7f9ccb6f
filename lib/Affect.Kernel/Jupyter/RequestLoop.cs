namespace Affect.Kernel.Jupyter;

/// <summary>Handles the requests of one channel in turn, one after the other, on a thread of its own.</summary>
internal sealed class RequestLoop : IDisposable
{
    private readonly Conversation conversation;
    private readonly Channel channel;
    private readonly Dictionary<string, Func<Message, JsonObject?>> handlers;
    private readonly BlockingCollection<Message> arrived = [];
    private readonly Queue<Message> passedOver = new();
    private readonly Thread thread;

    internal RequestLoop(Conversation conversation, Channel channel, Dictionary<string, Func<Message, JsonObject?>> handlers)
    {
        (this.conversation, this.channel, this.handlers) = (conversation, channel, handlers);
        thread = new Thread(Work) { IsBackground = true, Name = $"{channel}" };
        thread.UnsafeStart();
    }

    /// <summary>Takes a request; does not wait for its turn.</summary>
    internal void Add(Message request)
    {
        if (!arrived.IsAddingCompleted) arrived.Add(request);
    }

    /// <summary>
    /// The cells that wait at this moment do not run. Called while a request is handled and before its failure is told, so that a cell which a person
    /// sends after reading it does run.
    /// </summary>
    internal void AbortCells()
    {
        while (arrived.TryTake(out var request)) passedOver.Enqueue(request);
    }

    /// <summary>
    /// Ends when the request that is being handled is done. Those that wait are dropped on demand: who asked for a shutdown needs no answers.
    /// </summary>
    /// <returns>Whether it has ended in time.</returns>
    internal bool Stop(TimeSpan patience, bool drop)
    {
        arrived.CompleteAdding();
        while (drop && arrived.TryTake(out _)) continue;
        return thread.Join(patience);
    }

    public void Dispose() => arrived.Dispose();

    private void Work()
    {
        foreach (var request in arrived.GetConsumingEnumerable())
        {
            conversation.Handle(channel, request, HandlerOf(request));
            while (passedOver.TryDequeue(out var waiting))
                conversation.Handle(channel, waiting, waiting.Type == "execute_request" ? Aborted : HandlerOf(waiting));
        }
    }

    private Func<Message, JsonObject?> HandlerOf(Message request) => handlers.GetValueOrDefault(request.Type)
        ?? (_ => Conversation.Failure("NotImplementedError", $"{request.Type} is not known to this kernel on the {channel} channel."));

    private static JsonObject Aborted(Message request) => new()
    {
        ["status"] = "aborted",
        ["execution_count"] = 0,
        ["payload"] = new JsonArray(),
        ["user_expressions"] = new JsonObject(),
    };
}
