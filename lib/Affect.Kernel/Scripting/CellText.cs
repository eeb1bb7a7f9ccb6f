namespace Affect.Kernel.Scripting;

/// <summary>A cell as it was read.</summary>
/// <param name="Units">What is compiled, in the order in which it runs: loaded files, then the cell.</param>
/// <param name="Directives">What the kernel itself is to do before.</param>
/// <param name="Markup">What is shown instead of being compiled, and its mime type; null for a cell of code.</param>
internal sealed record CellText(IReadOnlyList<SourceUnit> Units, IReadOnlyList<CellDirective> Directives, (string Mime, string Text)? Markup)
{
    /// <summary>Whether the cell's time is to be told.</summary>
    internal bool IsTimed => Directives.Any(directive => directive.Name == "#!time");
}
