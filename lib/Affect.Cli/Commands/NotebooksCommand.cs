namespace Affect.Cli.Commands;

/// <summary><c>lab notebooks ...</c>: the notebooks without Jupyter.</summary>
internal static class NotebooksCommand
{
    internal static Command Create() => new("notebooks", "Run the notebooks without Jupyter.")
    {
        RunNotebooks.Create(),
    };
}
