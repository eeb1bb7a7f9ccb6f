namespace Affect.Kernel.Scripting;

/// <summary>
/// A cell of declarations alone that a submission cannot hold: a namespace, or a static class with extension methods. It is compiled as a library,
/// which the cells behind it refer to; of the cells before it, it knows libraries and references, not variables.
/// </summary>
internal static class LibraryCell
{
    internal static readonly CSharpParseOptions Syntax = SourceUnit.Syntax.WithKind(SourceCodeKind.Regular);

    /// <summary>Whether a text is such a cell.</summary>
    internal static bool Is(CompilationUnitSyntax root) =>
        root.Members.Count > 0
        && root.Members.All(member => member is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        && root.Members.Any(member => member is BaseNamespaceDeclarationSyntax || member is ClassDeclarationSyntax type && Extends(type));

    /// <summary>The tree of a library, read anew: a script's is of another kind.</summary>
    internal static SyntaxTree Tree(SourceUnit unit) => CSharpSyntaxTree.ParseText(unit.Text, Syntax, unit.Name, Encoding.UTF8);

    /// <summary>The session's imports, as a file of the library.</summary>
    internal static SyntaxTree Imports(IEnumerable<string> imports, Compilation compilation)
    {
        var lines = imports.Select(import => $"global using {(compilation.GetTypeByMetadataName(import) is null ? "" : "static ")}global::{import};");
        return CSharpSyntaxTree.ParseText(string.Join('\n', lines), Syntax, "imports", Encoding.UTF8);
    }

    /// <summary>The full names of the types that a library declares.</summary>
    internal static IReadOnlyList<string> Types(Compilation library)
    {
        return [.. In(library.Assembly.GlobalNamespace)];

        static IEnumerable<string> In(INamespaceSymbol space) => space.GetTypeMembers().Where(type => type.CanBeReferencedByName)
            .Select(type => type.ToDisplayString()).Concat(space.GetNamespaceMembers().SelectMany(In));
    }

    private static bool Extends(ClassDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.StaticKeyword)
        && type.Members.Any(member => member is ExtensionBlockDeclarationSyntax
            || member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } && first.Modifiers.Any(SyntaxKind.ThisKeyword));
}
