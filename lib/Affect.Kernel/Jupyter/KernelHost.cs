namespace Affect.Kernel.Jupyter;

/// <summary>A C# kernel: answers Jupyter's requests from its start to its shutdown.</summary>
/// <remarks>
/// Threads: one owns the sockets, one runs what is asked in turn (shell), one what is answered at once (control), one the cells. None but the last
/// runs a user's code.
/// </remarks>
public sealed class KernelHost : IDisposable
{
    private static readonly TimeSpan EndOfCell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AbortAfter = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KernelSockets sockets;
    private readonly Conversation conversation;
    private readonly NotebookSession session;
    private readonly KernelInput input;
    private readonly ExecuteHandler execute;
    private readonly RequestLoop shell;
    private readonly RequestLoop control;
    private readonly WarmUp? warmUp;

    /// <summary>Binds the kernel's sockets and begins to answer.</summary>
    /// <param name="connection">Where to be reached.</param>
    /// <param name="options">How cells are compiled and run.</param>
    /// <param name="warmUp">What loads the compiler while nobody has asked for anything yet; ended by the first cell.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="DllNotFoundException">libzmq is not installed.</exception>
    public KernelHost(ConnectionFile connection, SessionOptions options, WarmUp? warmUp = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        this.warmUp = warmUp;
        var wire = new WireSession(connection.Key);
        sockets = new KernelSockets(connection, wire);
        conversation = new Conversation(sockets, wire);
        var output = new KernelOutput(conversation);
        input = new KernelInput(conversation);
        session = new NotebookSession(options with { Input = input, AbortAfter = options.AbortAfter ?? AbortAfter }, output);
        input.Flush = session.FlushOutput;
        var history = new CellHistory();
        execute = new ExecuteHandler(session, conversation, output, input, history, abortQueue: () => shell!.AbortCells());
        control = new RequestLoop(conversation, Channel.Control, new()
        {
            ["kernel_info_request"] = KernelInfo.Answer,
            ["interrupt_request"] = Interrupt,
            ["shutdown_request"] = Shutdown,
        });
        shell = new RequestLoop(conversation, Channel.Shell, new()
        {
            ["execute_request"] = execute.Execute,
            ["kernel_info_request"] = KernelInfo.Answer,
            ["history_request"] = history.Answer,
            ["complete_request"] = new Completer(session.Understand).Answer,
            ["inspect_request"] = new Inspector(session.Understand).Answer,
            ["is_complete_request"] = Completeness.Answer,
            ["comm_info_request"] = _ => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
            ["comm_open"] = RefuseComm,
            ["comm_msg"] = _ => null,
            ["comm_close"] = _ => null,
            ["shutdown_request"] = Shutdown,
        });
        conversation.PublishStatus("starting", parent: null);
        sockets.Start(Receive);
    }

    /// <summary>Where the kernel is to be reached, free ports filled in.</summary>
    public ConnectionFile Connection => sockets.Bound;

    /// <summary>Waits for the shutdown that a client asks for, the end of the process that started the kernel, or a signal to end.</summary>
    /// <returns>Whether a cell still runs that could not be stopped: the process must then be ended at once.</returns>
    public bool WaitForShutdown()
    {
        using var parent = ParentWatch.Start(() => shutdown.TrySetResult());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            shutdown.TrySetResult();
        });
        // Jupyter sends an interrupt as a message; this one came from a terminal, or from a client that knows signals only.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            execute.Interrupt();
        });
        shutdown.Task.GetAwaiter().GetResult();
        return !Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        shutdown.TrySetResult();
        var hasEnded = Stop();
        sockets.Dispose();
        if (!hasEnded) return;
        session.Dispose();
        shell.Dispose();
        control.Dispose();
        input.Dispose();
    }

    // Whether nothing of a cell runs any more.
    private bool Stop()
    {
        execute.Interrupt();
        var hasEnded = shell.Stop(EndOfCell, drop: true);
        control.Stop(EndOfCell, drop: false);
        return hasEnded && !session.IsLost;
    }

    private void Receive(Channel channel, Message message)
    {
        if (message.Type == "execute_request") warmUp?.End();
        switch (channel)
        {
            case Channel.Shell: shell.Add(message); break;
            case Channel.Control: control.Add(message); break;
            case Channel.Stdin: input.Answer(message); break;
        }
    }

    // The kernel has no widgets: whoever opens a comm is told that it is closed.
    private JsonObject? RefuseComm(Message request)
    {
        conversation.Publish("comm_close", new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }, request);
        return null;
    }

    private JsonObject Interrupt(Message request)
    {
        execute.Interrupt();
        return new JsonObject { ["status"] = "ok" };
    }

    private JsonObject Shutdown(Message request)
    {
        shutdown.TrySetResult();
        return new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", otherwise: false) };
    }
}
