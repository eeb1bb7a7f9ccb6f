namespace Affect.Kernel.Jupyter;

/// <summary>Handles requests that run in turn, one after the other, on a thread of its own.</summary>
internal sealed class ShellLoop : IDisposable
{
    private readonly Conversation conversation;
    private readonly ExecuteHandler execute;
    private readonly Dictionary<string, Func<Message, JsonObject?>> handlers;
    private readonly BlockingCollection<Message> arrived = [];
    private readonly Queue<(Message Request, bool IsAborted)> drained = new();
    private readonly Thread thread;

    /// <param name="conversation">Answers.</param>
    /// <param name="execute">Runs cells.</param>
    /// <param name="handlers">Every other request by its type.</param>
    internal ShellLoop(Conversation conversation, ExecuteHandler execute, Dictionary<string, Func<Message, JsonObject?>> handlers)
    {
        (this.conversation, this.execute, this.handlers) = (conversation, execute, handlers);
        thread = new Thread(Work) { IsBackground = true, Name = "shell" };
        thread.UnsafeStart();
    }

    /// <summary>Takes a request; does not wait for its turn.</summary>
    internal void Add(Message request)
    {
        if (!arrived.IsAddingCompleted) arrived.Add(request);
    }

    /// <summary>Ends when the request that is being handled is done, and drops those that wait.</summary>
    /// <returns>Whether it has ended in time.</returns>
    internal bool Stop(TimeSpan patience)
    {
        arrived.CompleteAdding();
        while (arrived.TryTake(out _))
        {
            // Dropped: who asked for a shutdown waits for no more answers.
        }
        return thread.Join(patience);
    }

    public void Dispose() => arrived.Dispose();

    private void Work()
    {
        foreach (var request in arrived.GetConsumingEnumerable())
        {
            Handle(request, isAborted: false);
            while (drained.TryDequeue(out var waiting)) Handle(waiting.Request, waiting.IsAborted);
        }
    }

    private void Handle(Message request, bool isAborted) => conversation.Handle(Channel.Shell, request, (request.Type, isAborted) switch
    {
        ("execute_request", true) => _ => new JsonObject { ["status"] = "aborted", ["execution_count"] = 0, ["payload"] = new JsonArray(), ["user_expressions"] = new JsonObject() },
        ("execute_request", false) => message => execute.Execute(message, AbortQueue),
        (var type, _) when handlers.TryGetValue(type, out var handler) => handler,
        (var type, _) => _ => Conversation.Failure("NotImplementedError", $"{type} is not known to this kernel.", []),
    });

    // What waits at this moment does not run. Called before the failure is told, so that a cell which a person sends after reading it does run.
    private void AbortQueue()
    {
        var waiting = new List<Message>(drained.Select(entry => entry.Request));
        while (arrived.TryTake(out var request)) waiting.Add(request);
        drained.Clear();
        foreach (var request in waiting) drained.Enqueue((request, IsAborted: true));
    }
}
