namespace Affect.Kernel.Jupyter;

/// <summary>Answers <c>execute_request</c>.</summary>
/// <param name="session">Runs the cells.</param>
/// <param name="conversation">Says what became of them.</param>
/// <param name="output">Where they print.</param>
/// <param name="running">How they are stopped.</param>
/// <param name="input">Where they ask.</param>
/// <param name="history">Remembers them.</param>
internal sealed class ExecuteHandler(
    NotebookSession session, Conversation conversation, KernelOutput output, RunningCell running, KernelInput input, CellHistory history)
{
    /// <summary>Runs a cell.</summary>
    /// <param name="request">The request.</param>
    /// <param name="abortQueue">Called before the failure is known to anybody else: the cells that wait now are not to run.</param>
    internal JsonObject Execute(Message request, Action abortQueue)
    {
        var code = request.Text("code");
        var isSilent = request.Flag("silent", otherwise: false);
        var isCounted = !isSilent && request.Flag("store_history", otherwise: true);
        var number = session.Count + (isCounted ? 1 : 0);
        if (!isSilent) conversation.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number }, request);
        output.Begin(request, isSilent);
        input.Begin(request);
        var ct = running.Begin();
        try
        {
            var outcome = Run(code, isCounted, ct);
            if (isCounted) history.Add(outcome.ExecutionCount, code);
            var reply = outcome.Error is { } error ? Failed(request, error, isSilent, abortQueue) : Succeeded(request, outcome.Page, ct);
            reply["execution_count"] = outcome.ExecutionCount;
            return reply;
        }
        finally
        {
            input.End();
            running.End();
        }
    }

    private CellOutcome Run(string code, bool isCounted, CancellationToken ct)
    {
        if (!session.IsLost) return session.Run(code, isCounted, ct);
        const string message = "an earlier cell could not be stopped and still runs: restart the kernel";
        return new CellOutcome
        {
            ExecutionCount = session.Count,
            Status = CellStatus.Failed,
            Error = new CellError { Name = "Restart", Message = message, Traceback = [message] },
            Seconds = 0,
        };
    }

    private JsonObject Failed(Message request, CellError error, bool isSilent, Action abortQueue)
    {
        if (request.Flag("stop_on_error", otherwise: true)) abortQueue();
        var reply = Conversation.Failure(error.Name, error.Message, error.Traceback);
        if (!isSilent)
        {
            var content = (JsonObject)reply.DeepClone();
            content.Remove("status");
            conversation.Publish("error", content, request);
        }
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
        return error is null
            ? new JsonObject { ["status"] = "ok", ["data"] = KernelOutput.Data(bundle), ["metadata"] = new JsonObject() }
            : Conversation.Failure(error.Name, error.Message, error.Traceback);
    }
}
