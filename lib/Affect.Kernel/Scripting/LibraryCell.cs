namespace Affect.Kernel.Scripting;

/// <summary>
/// A cell of declarations alone that a submission cannot hold: a namespace, or a static class with extension methods. It is compiled as a library,
/// which the cells behind it refer to; of the cells before it, it knows libraries and references, not variables.
/// </summary>
internal static class LibraryCell
{
    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Regular);

    /// <summary>Whether a text is such a cell.</summary>
    internal static bool Is(CompilationUnitSyntax root) =>
        root.Members.Count > 0
        && root.Members.All(member => member is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        && root.Members.Any(member => member is BaseNamespaceDeclarationSyntax || member is ClassDeclarationSyntax type && Extends(type));

    /// <summary>The tree of a library, read anew: a script's is of another kind.</summary>
    /// <param name="unit">The cell.</param>
    internal static SyntaxTree Tree(SourceUnit unit) => CSharpSyntaxTree.ParseText(unit.Text, Syntax, unit.Name, Encoding.UTF8);

    /// <summary>The tree of a library whose code was changed.</summary>
    /// <param name="tree">The library.</param>
    /// <param name="root">Its new code.</param>
    internal static SyntaxTree Tree(SyntaxTree tree, CompilationUnitSyntax root) => CSharpSyntaxTree.Create(root, Syntax, tree.FilePath, Encoding.UTF8);

    /// <summary>The same, with loops that ask whether they are to stop.</summary>
    /// <param name="tree">The library.</param>
    /// <param name="inExpressions">Whether lambdas ask that are an expression.</param>
    internal static SyntaxTree Asking(SyntaxTree tree, bool inExpressions) =>
        CSharpSyntaxTree.Create(InterruptRewriter.Rewrite((CompilationUnitSyntax)tree.GetRoot(), inExpressions), Syntax, tree.FilePath, Encoding.UTF8);

    /// <summary>The session's imports, as a file of the library.</summary>
    /// <param name="imports">Namespaces and static classes.</param>
    /// <param name="compilation">Knows which are which.</param>
    internal static SyntaxTree Imports(IEnumerable<string> imports, Compilation compilation)
    {
        var lines = imports.Select(import => compilation.GetTypeByMetadataName(import) is null ? $"global using global::{import};" : $"global using static global::{import};");
        return CSharpSyntaxTree.ParseText(string.Join('\n', lines), Syntax, "imports", Encoding.UTF8);
    }

    /// <summary>The full names of the types that a library declares.</summary>
    internal static IReadOnlyList<string> Types(Compilation library)
    {
        var names = new List<string>();
        Collect(library.Assembly.GlobalNamespace);
        return names;

        void Collect(INamespaceSymbol space)
        {
            names.AddRange(space.GetTypeMembers().Where(type => type.CanBeReferencedByName).Select(type => type.ToDisplayString()));
            foreach (var inner in space.GetNamespaceMembers()) Collect(inner);
        }
    }

    private static bool Extends(ClassDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.StaticKeyword)
        && type.Members.Any(member => member is ExtensionBlockDeclarationSyntax
            || member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } && first.Modifiers.Any(SyntaxKind.ThisKeyword));
}
