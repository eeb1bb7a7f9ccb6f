namespace Affect.Kernel.Sessions;

/// <summary>Runs the cells of one notebook, each on top of those before it.</summary>
/// <remarks>
/// A cell's variables, types and usings hold in all later cells, also those that it set before it failed. Several sessions may live in one process;
/// they share its static state. One cell runs at a time.
/// </remarks>
public sealed class NotebookSession : IDisposable
{
    private readonly SessionOptions options;
    private readonly OutputRelay output;
    private readonly SubmissionEngine engine;
    private readonly DirectiveRunner directives;
    private readonly CellThread thread;
    private readonly ConsoleRouter console;
    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);
    private int count;
    private int uncounted;
    private string? page;

    /// <summary>Begins a session; nothing is compiled yet.</summary>
    /// <param name="options">How cells are compiled and run.</param>
    /// <param name="output">Where their output goes.</param>
    public NotebookSession(SessionOptions options, ICellOutput output)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        this.options = options;
        this.output = new OutputRelay(output, options.Forms);
        engine = options.NewEngine();
        directives = new DirectiveRunner(engine, this.output, options.ShowPatience);
        console = ConsoleRouter.For(this.output, options.Input);
        thread = new CellThread(Enter, StrayExceptions.Print, options.AbortAfter);
    }

    /// <summary>How many cells were counted.</summary>
    public int Count => count;

    /// <summary>Whether a cell could not be stopped: no further cell can run.</summary>
    public bool IsLost => thread.IsLost;

    /// <summary>Compiles and runs one cell; what it prints, shows, gives and does wrong goes to the session's output.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="ct">Asks the running cell to stop.</param>
    /// <exception cref="InvalidOperationException">An earlier cell could not be stopped.</exception>
    public CellOutcome Run(string code, CancellationToken ct = default) => Run(code, isCounted: true, ct);

    /// <summary>Compiles and runs one cell.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="isCounted">Whether it takes a number; one that does not is called <c>uncounted[n]</c> where it fails.</param>
    /// <param name="ct">Asks the running cell to stop.</param>
    /// <exception cref="InvalidOperationException">An earlier cell could not be stopped.</exception>
    public CellOutcome Run(string code, bool isCounted, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(code);
        ThrowIfLost();
        var begun = Stopwatch.GetTimestamp();
        var number = isCounted ? ++count : count;
        var (status, error) = RunCell(code, isCounted ? Name("cell", number) : Name("uncounted", ++uncounted), bundle => output.Result(bundle, number), ct);
        output.EndCell();
        if (error is not null) output.Error(error);
        return new CellOutcome { ExecutionCount = number, Status = status, Page = page, Error = error, Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds };
    }

    /// <summary>The value of an expression, which takes no number and shows nothing.</summary>
    /// <param name="expression">An expression on top of the cells.</param>
    /// <param name="ct">Asks it to stop.</param>
    /// <returns>The value in all its forms, or what went wrong.</returns>
    /// <exception cref="InvalidOperationException">An earlier cell could not be stopped.</exception>
    public (IReadOnlyDictionary<string, JsonNode> Bundle, CellError? Error) Evaluate(string expression, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ThrowIfLost();
        IReadOnlyDictionary<string, JsonNode> value = new Dictionary<string, JsonNode>();
        var (_, error) = RunCell(expression, Name("uncounted", ++uncounted), bundle => value = bundle, ct);
        output.EndCell();
        return (value, error);
    }

    /// <summary>Sends on what was printed and waits to be sent in larger pieces.</summary>
    public void FlushOutput() => output.Flush();

    /// <inheritdoc cref="SubmissionEngine.Understand"/>
    internal SemanticModel Understand(string code) => engine.Understand(code);

    /// <inheritdoc/>
    public void Dispose()
    {
        thread.Dispose();
        console.Close();
        output.Dispose();
    }

    private void ThrowIfLost()
    {
        if (IsLost) throw new InvalidOperationException("A cell of this session could not be stopped, so no other can run: begin a new session.");
    }

    private static string Name(string kind, int number) => FormattableString.Invariant($"{kind}[{number}]");

    private (CellStatus Status, CellError? Error) RunCell(string code, string name, Action<IReadOnlyDictionary<string, JsonNode>> show, CancellationToken ct)
    {
        CellReader.Cell cell;
        IReadOnlyList<SubmissionEngine.Submission> submissions;
        page = null;
        try
        {
            cell = engine.Reader.Read(code, name, ct);
            foreach (var unit in cell.Units) sources[unit.Name] = unit.Text;
            submissions = engine.Compile(cell.Units);
        }
        catch (CellException error)
        {
            return (CellStatus.Failed, error.Error);
        }
        var current = "";
        var begun = Stopwatch.GetTimestamp();
        var job = thread.Run(RunAll, options.CellTimeout, ct);
        if (cell.Directives.Any(directive => directive.Name == "#!time"))
            output.Stream("stdout", FormattableString.Invariant($"Wall time: {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.#} ms\n"));
        if (job.Stopped is { } stopped && (job.IsLost || job.Error is not null)) return (stopped, StopError(job, stopped, current));
        if (job.Error is null) return (CellStatus.Succeeded, null);
        return (CellStatus.Failed, new ExceptionReport(sources).Of(job.Error, (current, job.Interrupt.Line)));

        async Task RunAll()
        {
            object? value = null;
            options.OnCell?.Invoke(CellInterrupt.Token);
            foreach (var directive in cell.Directives) page = directives.Run(directive) ?? page;
            if (cell.Markup is var (mime, text)) output.Display(mime, text);
            foreach (var submission in submissions)
            {
                current = submission.Name;
                value = await engine.Run(submission).ConfigureAwait(true);
            }
            // Formatting may call the value's own code, so it counts as part of the cell.
            if (value is not null && output.Forms.Of(value) is { Count: > 0 } bundle) show(bundle);
        }
    }

    private CellError StopError(CellJob job, CellStatus stopped, string current)
    {
        var found = job.IsLost || job.Error is null ? null : new ExceptionReport(sources).Place(job.Error);
        // Where no stack tells, the last top-level statement that was begun does: an await, a call into native code.
        var (name, line) = found ?? (current, job.Interrupt.Line);
        var place = line > 0 ? SourceExcerpt.Place(name, line) : name;
        var message = stopped == CellStatus.TimedOut
            ? FormattableString.Invariant($"the cell took longer than {options.CellTimeout!.Value.TotalSeconds:0.###} s")
            : "the cell was interrupted";
        if (job.IsLost) message += "; it could not be stopped, as code of a library that asks for no token, so the session ends here";
        else if (job.IsAborted)
            message += "; it heard no request to stop and was aborted in the middle of its work: locks may be held and objects half changed,"
                + " so restart the kernel when you can";
        return new CellError
        {
            Name = stopped == CellStatus.TimedOut ? "Timeout" : "Interrupted",
            Message = message,
            Place = place,
            Traceback = [$"{place}: {message}", .. SourceExcerpt.Lines(sources.GetValueOrDefault(name, ""), line, -1, 0)],
        };
    }

    private void Enter()
    {
        console.Enter();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Displays.Listen();
    }
}
