namespace Affect.Kernel;

/// <summary>One text that is compiled as a submission: a cell, or a file that it loads.</summary>
/// <param name="Name">What stack traces call it: <c>cell[3]</c>, or the file's path.</param>
/// <param name="Text">The code; directives that the session handles itself are blanked out, so that lines and columns stay.</param>
internal sealed record SourceUnit(string Name, string Text)
{
    /// <summary>What the names of the assemblies begin with that cells are compiled to.</summary>
    internal const string AssemblyPrefix = "cells-";

    /// <summary>How the text of a cell is read.</summary>
    internal static readonly CSharpParseOptions Syntax = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>The code's syntax.</summary>
    internal CompilationUnitSyntax Root { get; } = CSharpSyntaxTree.ParseText(Text, Syntax, Name, Encoding.UTF8).GetCompilationUnitRoot();

    /// <summary>Paths of assemblies that it refers to by other means than its own text.</summary>
    internal IReadOnlyList<string> References { get; init; } = [];
}
