namespace Affect.Kernel.Jupyter;

/// <summary>What the kernel says, in the protocol's order: busy, what the request brings forth, its reply, idle.</summary>
internal sealed class Conversation(KernelSockets sockets, WireSession wire)
{
    /// <summary>Tells everybody what came of a request.</summary>
    internal void Publish(string type, JsonObject content, Message? parent) =>
        sockets.Send(Channel.Iopub, wire.New(type, content, parent) with { Identities = [Encoding.ASCII.GetBytes($"kernel.{type}")] });

    /// <summary>Asks whoever sent a request.</summary>
    internal void Ask(Message request, string type, JsonObject content) =>
        sockets.Send(Channel.Stdin, wire.New(type, content, request) with { Identities = request.Identities });

    /// <summary>Handles one request so that, whatever happens, it is answered; null where the protocol has no reply.</summary>
    internal void Handle(Channel channel, Message request, Func<Message, JsonObject?> handle)
    {
        PublishStatus("busy", request);
        JsonObject? reply;
        try
        {
            reply = handle(request);
        }
        catch (Exception error)
        {
            // A client waits for the answer; what went wrong is its answer then.
            Console.Error.WriteLine($"{request.Type} failed: {error}");
            reply = Failure(error.GetType().Name, error.Message);
        }
        if (reply is not null && ReplyType(request.Type) is { } type)
            sockets.Send(channel, wire.New(type, reply, request) with { Identities = request.Identities });
        PublishStatus("idle", request);
    }

    /// <summary>The content of a reply that says what went wrong.</summary>
    internal static JsonObject Failure(CellError error)
    {
        var content = error.ToJson();
        content["status"] = "error";
        return content;
    }

    internal static JsonObject Failure(string name, string message) =>
        Failure(new CellError { Name = name, Message = message, Traceback = [$"{name}: {message}"] });

    internal void PublishStatus(string state, Message? parent) => Publish("status", new JsonObject { ["execution_state"] = state }, parent);

    private static string? ReplyType(string request) => request.EndsWith("_request", StringComparison.Ordinal) ? request[..^"request".Length] + "reply" : null;
}
