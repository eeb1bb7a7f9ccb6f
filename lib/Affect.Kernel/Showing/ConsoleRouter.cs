namespace Affect.Kernel.Showing;

/// <summary>Stands in the place of the process's console and sends each piece to the session whose code writes it.</summary>
/// <remarks>
/// A session's code is known by its flow of control, which tasks and threads inherit; a thread without one writes to the session that came last.
/// Code of the host writes to the real console.
/// </remarks>
internal sealed class ConsoleRouter
{
    private static readonly Lock Gate = new();
    private static readonly AsyncLocal<ConsoleRouter?> Flow = new();
    private static readonly List<ConsoleRouter> Open = [];
    private static readonly ConsoleRouter Real = new(null, null);
    private static (TextWriter Out, TextWriter Error, TextReader In)? installed;

    private readonly OutputRelay? relay;
    private readonly TextReader? input;
    private bool restores;

    private ConsoleRouter(OutputRelay? relay, TextReader? input) => (this.relay, this.input) = (relay, input);

    /// <summary>A session's console, for the flow of control that calls <see cref="Enter"/>; the one that calls this is the host's.</summary>
    internal static ConsoleRouter For(OutputRelay relay, TextReader? input)
    {
        var console = new ConsoleRouter(relay, input);
        lock (Gate)
        {
            Install();
            console.restores = IsOurs;
            Open.Add(console);
        }
        Flow.Value ??= Real;
        return console;
    }

    /// <summary>The flow of control that calls this writes to this session from now on.</summary>
    internal void Enter() => Flow.Value = this;

    internal void Close()
    {
        lock (Gate)
        {
            Open.Remove(this);
            // What a cell has set (Console.SetOut) and not taken back would swallow what the next notebook prints.
            if (restores && !IsOurs) Restore();
        }
    }

    /// <summary>The output of the session whose code calls this; null for the host's.</summary>
    internal static OutputRelay? Relay => Current().relay;

    /// <summary>Asks whoever sits in front of the code that calls this.</summary>
    /// <exception cref="InvalidOperationException">Nobody does.</exception>
    internal static string Ask(string prompt, bool isPassword)
    {
        if (Current().input is IUserInput input) return input.Ask(prompt, isPassword);
        Console.Write(prompt);
        return Console.ReadLine() ?? "";
    }

    private static bool IsOurs => installed == (Console.Out, Console.Error, Console.In);

    private static void Install()
    {
        if (installed is not null) return;
        Console.SetOut(TextWriter.Synchronized(new Writer("stdout", Console.Out)));
        Console.SetError(TextWriter.Synchronized(new Writer("stderr", Console.Error)));
        Console.SetIn(new Reader(Console.In));
        installed = (Console.Out, Console.Error, Console.In);
    }

    private static void Restore()
    {
        var (output, error, input) = installed!.Value;
        Console.SetOut(output);
        Console.SetError(error);
        Console.SetIn(input);
    }

    private static ConsoleRouter Current()
    {
        if (Flow.Value is { } known) return known;
        lock (Gate) return Open.Count > 0 ? Open[^1] : Real;
    }

    private sealed class Writer(string name, TextWriter real) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            if (Current().relay is { } relay) relay.Stream(name, value);
            else real.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Flush() => real.Flush();
    }

    private sealed class Reader(TextReader real) : TextReader
    {
        public override int Peek() => Source().Peek();

        public override int Read() => Source().Read();

        public override string? ReadLine() => Source().ReadLine();

        public override string ReadToEnd() => Source().ReadToEnd();

        private TextReader Source() => Current() is { relay: not null } session
            ? session.input ?? throw new InvalidOperationException("Nobody is at the keyboard while a notebook runs: put what the cell asks for into the notebook's parameters.")
            : real;
    }
}
