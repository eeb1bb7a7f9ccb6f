namespace Affect.Kernel.Jupyter;

/// <summary>Answers <c>execute_request</c>; the cells that wait are aborted before a failure is known to anybody else.</summary>
[SuppressMessage("Design", "CA1001", Justification = "No wait handle or timer of it is ever made, so there is nothing to release.")]
internal sealed class ExecuteHandler(
    NotebookSession session, Conversation conversation, KernelOutput output, KernelInput input, CellHistory history, Action abortQueue)
{
    private readonly Lock gate = new();
    private CancellationTokenSource? running;

    /// <summary>Asks the running cell to stop; nothing where none runs.</summary>
    internal void Interrupt()
    {
        lock (gate) running?.Cancel();
    }

    /// <summary>Runs a cell.</summary>
    internal JsonObject Execute(Message request)
    {
        var code = request.Text("code");
        var isSilent = request.Flag("silent", otherwise: false);
        var isCounted = !isSilent && request.Flag("store_history", otherwise: true);
        var number = session.Count + (isCounted ? 1 : 0);
        if (!isSilent) conversation.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number }, request);
        output.Begin(request, isSilent);
        input.Begin(request);
        var source = new CancellationTokenSource();
        lock (gate) running = source;
        try
        {
            var outcome = Run(code, isCounted, source.Token);
            if (isCounted) history.Add(outcome.ExecutionCount, code);
            var reply = outcome.Error is { } error ? Failed(request, error, isSilent) : Succeeded(request, outcome.Page, source.Token);
            reply["execution_count"] = outcome.ExecutionCount;
            return reply;
        }
        finally
        {
            input.End();
            lock (gate) running = null;
        }
    }

    private CellOutcome Run(string code, bool isCounted, CancellationToken ct)
    {
        if (!session.IsLost) return session.Run(code, isCounted, ct);
        const string Message = "an earlier cell could not be stopped and still runs: restart the kernel";
        var error = new CellError { Name = "Restart", Message = Message, Traceback = [Message] };
        return new CellOutcome { ExecutionCount = session.Count, Status = CellStatus.Failed, Error = error, Seconds = 0 };
    }

    private JsonObject Failed(Message request, CellError error, bool isSilent)
    {
        if (request.Flag("stop_on_error", otherwise: true)) abortQueue();
        if (!isSilent) conversation.Publish("error", error.ToJson(), request);
        var reply = Conversation.Failure(error);
        reply["payload"] = new JsonArray();
        reply["user_expressions"] = new JsonObject();
        return reply;
    }

    private JsonObject Succeeded(Message request, string? page, CancellationToken ct)
    {
        var values = new JsonObject();
        if (request.Content["user_expressions"] is JsonObject expressions)
            foreach (var (name, expression) in expressions) values[name] = Evaluate(expression?.ToString() ?? "", ct);
        return new JsonObject { ["status"] = "ok", ["payload"] = page is null ? [] : new JsonArray(Page(page)), ["user_expressions"] = values };
    }

    private static JsonObject Page(string text) => new() { ["source"] = "page", ["data"] = new JsonObject { ["text/plain"] = text }, ["start"] = 0 };

    private JsonObject Evaluate(string expression, CancellationToken ct)
    {
        var (bundle, error) = session.Evaluate(expression, ct);
        return error is null ? OutputRelay.Shown(bundle, "status", "ok") : Conversation.Failure(error);
    }
}
