namespace Affect.Kernel.Jupyter;

/// <summary>Asks the user in front of the notebook: what <c>Console.ReadLine</c> of a cell reads.</summary>
internal sealed class KernelInput(Conversation conversation) : TextReader, IUserInput
{
    private readonly BlockingCollection<string> replies = [];
    private readonly Lock gate = new();
    private volatile Message? request;
    private string rest = "";

    /// <summary>Called before a question, so that what was printed is seen first.</summary>
    internal Action Flush { get; set; } = () => { };

    /// <summary>Questions go to who sent this request from now on.</summary>
    internal void Begin(Message request) => this.request = request;

    /// <summary>There is nobody to be asked until the next request.</summary>
    internal void End() => request = null;

    /// <summary>An answer has come.</summary>
    internal void Answer(Message reply) => replies.Add(reply.Text("value"));

    public string Ask(string prompt, bool isPassword)
    {
        lock (gate)
        {
            if (request is not { } asked) throw new InvalidOperationException("Only a running cell can ask for input.");
            if (!asked.Flag("allow_stdin", otherwise: false))
                throw new InvalidOperationException(
                    "Nobody is at the keyboard: who runs this cell allows no questions. Put what it asks for into the notebook's parameters.");
            Flush();
            // Answers to questions that are no longer asked.
            while (replies.TryTake(out _)) continue;
            conversation.Ask(asked, "input_request", new JsonObject { ["prompt"] = prompt, ["password"] = isPassword });
            return replies.Take(CellInterrupt.Token);
        }
    }

    public override string ReadLine()
    {
        var (line, _) = (rest.Length > 0 ? rest.TrimEnd('\n') : Ask("", isPassword: false), rest = "");
        return line;
    }

    public override int Peek() => Characters()[0];

    public override int Read()
    {
        var text = Characters();
        rest = text[1..];
        return text[0];
    }

    private string Characters() => rest.Length > 0 ? rest : rest = Ask("", isPassword: false) + "\n";

    protected override void Dispose(bool disposing)
    {
        if (disposing) replies.Dispose();
        base.Dispose(disposing);
    }
}
