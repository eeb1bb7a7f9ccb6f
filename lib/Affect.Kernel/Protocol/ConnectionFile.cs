namespace Affect.Kernel.Protocol;

/// <summary>Where a kernel is to be reached and with which key, as Jupyter writes it into a file for the kernel.</summary>
public sealed record ConnectionFile
{
    private const string Scheme = "hmac-sha256";

    /// <summary><c>tcp</c> or <c>ipc</c>.</summary>
    public string Transport { get; init; } = "tcp";

    /// <summary>The address to bind; for <c>ipc</c> the beginning of the sockets' paths.</summary>
    public string Ip { get; init; } = "127.0.0.1";

    /// <summary>The port for requests that run in turn; 0 takes a free one.</summary>
    public int ShellPort { get; init; }

    /// <summary>The port for requests that are answered while a cell runs.</summary>
    public int ControlPort { get; init; }

    /// <summary>The port on which outputs are published.</summary>
    public int IopubPort { get; init; }

    /// <summary>The port on which the kernel asks the user for input.</summary>
    public int StdinPort { get; init; }

    /// <summary>The port whose messages are sent back as they are.</summary>
    public int HeartbeatPort { get; init; }

    /// <summary>The key that messages are signed with; empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>Reads a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is no connection file, or asks for what the kernel cannot do.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(SourceFile.ReadAllText(path));
            var root = json.RootElement;
            var connection = new ConnectionFile
            {
                Transport = Text("transport", "tcp"),
                Ip = Text("ip", "127.0.0.1"),
                ShellPort = root.GetProperty("shell_port").GetInt32(),
                ControlPort = root.GetProperty("control_port").GetInt32(),
                IopubPort = root.GetProperty("iopub_port").GetInt32(),
                StdinPort = root.GetProperty("stdin_port").GetInt32(),
                HeartbeatPort = root.GetProperty("hb_port").GetInt32(),
                Key = Text("key", ""),
            };
            var scheme = Text("signature_scheme", Scheme);
            if (scheme != Scheme) throw new FormatException($"{path}: signature_scheme must be {Scheme}, but was '{scheme}'.");
            return connection.Transport is "tcp" or "ipc"
                ? connection
                : throw new FormatException($"{path}: transport must be tcp or ipc, but was '{connection.Transport}'.");

            string Text(string name, string otherwise) => root.TryGetProperty(name, out var value) ? value.GetString() ?? otherwise : otherwise;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{path} is no connection file of Jupyter: {error.Message} Jupyter writes it when it starts a kernel.", error);
        }
    }

    /// <summary>Writes a connection file. The key is for nobody else's eyes.</summary>
    internal void Write(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(new JsonObject
        {
            ["transport"] = Transport,
            ["ip"] = Ip,
            ["shell_port"] = ShellPort,
            ["control_port"] = ControlPort,
            ["iopub_port"] = IopubPort,
            ["stdin_port"] = StdinPort,
            ["hb_port"] = HeartbeatPort,
            ["key"] = Key,
            ["signature_scheme"] = Scheme,
        });
    }

    /// <summary>The endpoint of a port, in ZeroMQ's words.</summary>
    internal string Endpoint(int port) => (Transport, port) switch
    {
        ("ipc", _) => FormattableString.Invariant($"ipc://{Ip}-{port}"),
        (_, 0) => $"tcp://{Ip}:*",
        _ => FormattableString.Invariant($"tcp://{Ip}:{port}"),
    };
}
