namespace Affect.Kernel.Jupyter;

/// <summary>Handles the requests that are answered while a cell runs: interrupt, shutdown, what the kernel is.</summary>
internal sealed class ControlLoop : IDisposable
{
    private readonly Conversation conversation;
    private readonly Dictionary<string, Func<Message, JsonObject?>> handlers;
    private readonly BlockingCollection<Message> arrived = [];
    private readonly Thread thread;

    /// <param name="conversation">Answers.</param>
    /// <param name="handlers">Requests by their type.</param>
    internal ControlLoop(Conversation conversation, Dictionary<string, Func<Message, JsonObject?>> handlers)
    {
        (this.conversation, this.handlers) = (conversation, handlers);
        thread = new Thread(Work) { IsBackground = true, Name = "control" };
        thread.UnsafeStart();
    }

    /// <summary>Takes a request.</summary>
    internal void Add(Message request)
    {
        if (!arrived.IsAddingCompleted) arrived.Add(request);
    }

    /// <summary>Ends when what has come is answered.</summary>
    internal void Stop(TimeSpan patience)
    {
        arrived.CompleteAdding();
        thread.Join(patience);
    }

    public void Dispose() => arrived.Dispose();

    private void Work()
    {
        foreach (var request in arrived.GetConsumingEnumerable())
            conversation.Handle(Channel.Control, request, handlers.GetValueOrDefault(request.Type)
                ?? (_ => Conversation.Failure("NotImplementedError", $"{request.Type} is not known to this kernel on the control channel.", [])));
    }
}
