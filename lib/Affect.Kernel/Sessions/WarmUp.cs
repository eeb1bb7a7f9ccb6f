namespace Affect.Kernel.Sessions;

/// <summary>Compiles and runs cells that nobody sees, so that the first real one does not wait for the compiler to be loaded.</summary>
/// <remarks>
/// Begun in the background before anything else. A real cell that comes meanwhile waits for the step that is being made, which loads what it needs
/// itself, and for no further one.
/// </remarks>
public sealed class WarmUp
{
    // What every cell needs comes first: whoever sends one at once waits for that alone.
    private static readonly string[] Steps =
    [
        "1 + 1",
        "using System.Globalization;\nvar squares = Enumerable.Range(0, 4).Select(n => n * n).ToArray();\nawait Task.CompletedTask;\n$\"{squares.Sum()}\"",
    ];

    // What the steps come to last, first: a class without a body needs little but writing an assembly, one with a task what is made of "await" too.
    internal static readonly string[] Apart =
    [
        "class Apart;",
        "class Apart { static async System.Threading.Tasks.Task<object> Run() { await System.Threading.Tasks.Task.CompletedTask; return 1 + 1; } }",
    ];

    private volatile bool isOver;

    private WarmUp(SessionOptions options)
    {
        // Two at once, where there are two cores, from either end: on the same way they would only wait for each other.
        foreach (var work in (ThreadStart[])[() => Run(options), RunApart])
            new Thread(work) { IsBackground = true, Name = "warm-up" }.UnsafeStart();
    }

    /// <summary>Begins in the background.</summary>
    /// <param name="options">How the real cells will be compiled.</param>
    public static WarmUp Start(SessionOptions options) => new(options);

    /// <summary>Leaves the rest to a real cell.</summary>
    internal void End() => isOver = true;

    private static void RunApart()
    {
        foreach (var text in Apart) SubmissionEngine.CompileApart(text);
    }

    private void Run(SessionOptions options)
    {
        var engine = options.NewEngine();
        engine.OpenReferences();
        try
        {
            foreach (var step in Steps)
            {
                if (isOver) return;
                foreach (var submission in engine.Compile(engine.Reader.Read(step, "warm-up").Units))
                    if (engine.Run(submission).GetAwaiter().GetResult() is { } value) options.Forms.Of(value);
            }
        }
        catch (CellException)
        {
            // An import that does not exist: the first real cell says so.
        }
    }
}
