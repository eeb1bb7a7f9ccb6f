namespace Affect.Kernel.Scripting;

/// <summary>Compiles and runs a cell that nobody sees, so that the first real one does not wait for the compiler to be loaded.</summary>
internal static class WarmUp
{
    private const string Cell = "using System.Globalization;\nvar squares = Enumerable.Range(0, 4).Select(n => n * n).ToArray();\nawait Task.CompletedTask;\n$\"{squares.Sum()}\"";

    /// <summary>Begins in the background; a real cell that comes meanwhile waits for what it would have had to do itself.</summary>
    internal static void Start(SessionOptions options)
    {
        var thread = new Thread(() => Run(options)) { IsBackground = true, Name = "warm-up" };
        thread.UnsafeStart();
    }

    private static void Run(SessionOptions options)
    {
        var host = new HostAssemblies(options.References);
        var resolver = new CachingReferenceResolver(Path.GetFullPath(options.WorkingDirectory), host);
        var engine = new SubmissionEngine(host, resolver, SessionOptions.DefaultImports.Concat(options.Imports));
        try
        {
            foreach (var submission in engine.Compile(new CellReader(resolver).Read(Cell, "warm-up").Units))
                if (engine.Run(submission).GetAwaiter().GetResult() is { } value) options.Formatter?.Format(value);
        }
        catch (CellException)
        {
            // An import that does not exist: the first real cell says so.
        }
    }
}
