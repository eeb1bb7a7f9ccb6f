namespace Affect.Kernel.Jupyter;

/// <summary>Publishes what cells print and show, in the name of the request that ran last: what a cell left behind may still have something to say.</summary>
internal sealed class KernelOutput(Conversation conversation) : ICellOutput
{
    private volatile Message? parent;
    private volatile bool isSilent;

    /// <summary>Output belongs to this request from now on; nothing of a silent one is published.</summary>
    internal void Begin(Message request, bool silent) => (parent, isSilent) = (request, silent);

    // An error is published with the reply, when it is known which cells are not to run after it.
    public void Send(string type, JsonObject content)
    {
        if (!isSilent && type != "error") conversation.Publish(type, content, parent);
    }
}
