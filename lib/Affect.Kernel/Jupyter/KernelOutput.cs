namespace Affect.Kernel.Jupyter;

/// <summary>Publishes what cells print and show, in the name of the request that ran last: what a cell left behind may still have something to say.</summary>
internal sealed class KernelOutput(Conversation conversation) : ICellOutput
{
    private volatile Message? parent;
    private volatile bool isSilent;

    /// <summary>Output belongs to this request from now on; nothing of a silent one is published.</summary>
    internal void Begin(Message request, bool silent) => (parent, isSilent) = (request, silent);

    public void Stream(string name, string text) => Publish("stream", new JsonObject { ["name"] = name, ["text"] = text });

    public void Display(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId) => Publish("display_data", Shown(bundle, "transient", Transient(displayId)));

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => Publish("update_display_data", Shown(bundle, "transient", Transient(displayId)));

    public void ClearOutput(bool wait) => Publish("clear_output", new JsonObject { ["wait"] = wait });

    public void Result(IReadOnlyDictionary<string, JsonNode> bundle, int executionCount) => Publish("execute_result", Shown(bundle, "execution_count", executionCount));

    // Published with the reply, when it is known which cells are not to run after it.
    public void Error(CellError error)
    {
    }

    /// <summary>A bundle as the protocol has it, with one more part.</summary>
    internal static JsonObject Shown(IReadOnlyDictionary<string, JsonNode> bundle, string name, JsonNode part) => new()
    {
        ["data"] = new JsonObject(bundle.Select(form => KeyValuePair.Create<string, JsonNode?>(form.Key, form.Value.DeepClone()))),
        ["metadata"] = new JsonObject(),
        [name] = part,
    };

    private static JsonObject Transient(string? displayId) => displayId is null ? [] : new JsonObject { ["display_id"] = displayId };

    private void Publish(string type, JsonObject content)
    {
        if (!isSilent) conversation.Publish(type, content, parent);
    }
}
