namespace Affect.Cli.Notebooks;

/// <summary>What cells of our notebooks may use, and how they show it: the library as this program runs it.</summary>
internal static class NotebookHost
{
    internal static SessionOptions Session { get; } = new()
    {
        References = [typeof(Require).Assembly.Location, typeof(Claim).Assembly.Location, typeof(TorchSharp.torch).Assembly.Location],
        Formatter = new NotebookFormatter(),
        OnCell = Interruption.Hear,
    };

    /// <summary>Loads the compiler for the first cell from when it is asked for.</summary>
    internal static Lazy<WarmUp> WarmUp { get; } = new(() => Affect.Kernel.Sessions.WarmUp.Start(Session));
}
