using Affect.Kernel;

namespace Affect.Cli.Notebooks;

/// <summary>What cells of our notebooks may use: the library as this program runs it.</summary>
internal static class NotebookHost
{
    internal static SessionOptions Session { get; } = new()
    {
        References = [typeof(Require).Assembly.Location, typeof(Notebook.Figure).Assembly.Location, typeof(TorchSharp.torch).Assembly.Location],
    };
}
