using Affect.Kernel;
using Affect.Notebook;
using Affect.Notebook.Cells;

namespace Affect.Cli.Notebooks;

/// <summary>What cells of our notebooks may use, and how they show it: the library as this program runs it.</summary>
internal static class NotebookHost
{
    internal static SessionOptions Session { get; } = new()
    {
        References = [typeof(Require).Assembly.Location, typeof(CellDisplay).Assembly.Location, typeof(TorchSharp.torch).Assembly.Location],
        Imports = [typeof(CellDisplay).FullName!],
        Formatter = new NotebookFormatter(),
        Attach = output => DisplayTarget.Use(new CellDisplayTarget(output)),
    };

    /// <summary>Loads the compiler for the first cell from when it is asked for.</summary>
    internal static Lazy<WarmUp> WarmUp { get; } = new(() => Affect.Kernel.WarmUp.Start(Session));
}
