namespace Affect.Kernel.Scripting;

/// <summary>One text that is compiled as a submission: a cell, or a file that it loads.</summary>
/// <param name="Name">What stack traces call it: <c>cell[3]</c>, or the file's path.</param>
/// <param name="Text">The code, directives that the session handles itself blanked out, so that lines and columns stay.</param>
/// <param name="Root">The code's syntax.</param>
internal sealed record SourceUnit(string Name, string Text, CompilationUnitSyntax Root)
{
    /// <summary>Paths of assemblies that it refers to by other means than its own text.</summary>
    internal IReadOnlyList<string> References { get; init; } = [];
}
