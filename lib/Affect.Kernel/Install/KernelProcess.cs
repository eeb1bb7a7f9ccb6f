namespace Affect.Kernel.Install;

/// <summary>A kernel of any language in a process of its own, and the smallest client that can ask it something: for the doctor and the benchmark.</summary>
public sealed class KernelProcess : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"kernel-{Guid.NewGuid():N}.json");
    private readonly WireSession wire;
    private readonly ZmqContext context = new();
    private readonly ZmqSocket shell;
    private readonly ZmqSocket control;
    private readonly ZmqSocket iopub;
    private readonly Process process;

    /// <summary>Starts a kernel.</summary>
    /// <param name="arguments">Its command; <c>{connection_file}</c> stands for the connection file.</param>
    /// <param name="settings">Environment variables set for it.</param>
    /// <exception cref="DllNotFoundException">libzmq is not installed.</exception>
    public KernelProcess(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var ports = FreePorts(5);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        wire = new WireSession(key);
        var connection = new ConnectionFile
        {
            ShellPort = ports[0],
            ControlPort = ports[1],
            IopubPort = ports[2],
            StdinPort = ports[3],
            HeartbeatPort = ports[4],
            Key = key,
        };
        connection.Write(file);
        shell = context.Open(LibZmq.Dealer).Set(LibZmq.Linger, 0).Connect(connection.Endpoint(ports[0]));
        control = context.Open(LibZmq.Dealer).Set(LibZmq.Linger, 0).Connect(connection.Endpoint(ports[1]));
        iopub = context.Open(LibZmq.Sub).Set(LibZmq.Linger, 0).Set(LibZmq.Subscribe, []).Connect(connection.Endpoint(ports[2]));
        var start = new ProcessStartInfo(arguments[0]) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in arguments.Skip(1)) start.ArgumentList.Add(argument.Replace("{connection_file}", file, StringComparison.Ordinal));
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        start.Environment["JPY_PARENT_PID"] = FormattableString.Invariant($"{Environment.ProcessId}");
        process = Process.Start(start)!;
        Errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the kernel writes to its standard error, once it has ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => !process.HasExited;

    /// <summary>How much memory it holds, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Waits until the kernel says what it is.</summary>
    /// <returns>Its words; null where it said nothing in time, or ended.</returns>
    public JsonObject? WaitUntilReady(TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < patience && IsAlive)
        {
            if (Ask("kernel_info_request", [], patience - clock.Elapsed) is not (_, { } info)) return null;
            // Every request has something published about it; while nothing of that arrives, the subscription has not arrived there either.
            if (iopub.Receive(TimeSpan.FromMilliseconds(100)) is not null) return info;
        }
        return null;
    }

    /// <summary>Runs a cell to the end.</summary>
    /// <returns>Its status and its result or printed text; null where it gave no answer in time.</returns>
    public (string Status, string Text)? Execute(string code, TimeSpan patience)
    {
        var request = new JsonObject
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = true,
            ["user_expressions"] = new JsonObject(),
            ["allow_stdin"] = false,
            ["stop_on_error"] = true,
        };
        if (Ask("execute_request", request, patience) is not (var id, { } reply)) return null;
        var text = "";
        while (iopub.Receive(patience) is { } frames)
        {
            if (wire.Unpack(frames) is not { } message || message.Parent["msg_id"]?.ToString() != id) continue;
            if (message.Type == "execute_result") text = message.Content["data"]?["text/plain"]?.ToString() ?? "";
            if (message.Type == "stream") text += message.Text("text");
            if (message.Type == "status" && message.Text("execution_state") == "idle") break;
        }
        return (reply["status"]?.ToString() ?? "", reply["evalue"]?.ToString() ?? text);
    }

    /// <summary>Asks the running cell to stop. May be called while another thread waits in <see cref="Execute"/>.</summary>
    public void Interrupt() => control.Send(wire.Pack(wire.New("interrupt_request", [], parent: null)));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsAlive)
        {
            control.Send(wire.Pack(wire.New("shutdown_request", new JsonObject { ["restart"] = false }, parent: null)));
            if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill(entireProcessTree: true);
        }
        context.Dispose();
        process.Dispose();
        File.Delete(file);
    }

    private (string Id, JsonObject Content)? Ask(string type, JsonObject content, TimeSpan patience)
    {
        var request = wire.New(type, content, parent: null);
        var id = request.Header["msg_id"]!.ToString();
        shell.Send(wire.Pack(request));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < patience && IsAlive)
        {
            // In slices, so that a kernel that ends is noticed.
            if (shell.Receive(TimeSpan.FromMilliseconds(50)) is not { } frames || wire.Unpack(frames) is not { } reply) continue;
            if (reply.Parent["msg_id"]?.ToString() == id) return (id, reply.Content);
        }
        return null;
    }

    // As Jupyter does it: asked of the system and let go, so that another program could take one in between.
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
