namespace Affect.Kernel.Scripting;

/// <summary>A line at a cell's head that is for the kernel, not for the compiler.</summary>
/// <param name="Name">As in <c>#!who</c>.</param>
/// <param name="Argument">What follows it on its line.</param>
internal sealed record CellDirective(string Name, string Argument)
{
    /// <summary>All that there are, and what they do.</summary>
    internal static IReadOnlyDictionary<string, string> Known { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["#!about"] = "says what this kernel is",
        ["#!csharp"] = "the cell is C#, as it is without",
        ["#!help"] = "#!help NAME shows what a name means and what its documentation says",
        ["#!html"] = "the rest of the cell is shown as HTML",
        ["#!import"] = "#!import FILE runs a file of C#, or the code cells of a notebook",
        ["#!lsmagic"] = "lists the directives",
        ["#!markdown"] = "the rest of the cell is shown as Markdown",
        ["#!time"] = "tells how long the cell took",
        ["#!who"] = "lists the variables",
        ["#!whos"] = "lists the variables with their types and values",
    };
}
