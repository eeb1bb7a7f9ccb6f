namespace Affect.Kernel.Completion;

/// <summary>Answers <c>inspect_request</c>: what the thing at the cursor is, and what its documentation says.</summary>
internal sealed class Inspector(Func<string, SemanticModel> understand)
{
    private const int MostOverloads = 8;

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword)
        .WithParameterOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.ParameterOptions | SymbolDisplayParameterOptions.IncludeDefaultValue);

    private static readonly SymbolDisplayFormat OfCell =
        Format.WithMemberOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType);

    internal JsonObject Answer(Message request)
    {
        var code = request.Text("code");
        var data = new JsonObject();
        if (Explain(understand(code), CodePoints.ToIndex(code, request.Number("cursor_pos", otherwise: int.MaxValue))) is var (heads, documentation))
        {
            data["text/plain"] = $"{heads}\n\n{documentation}".TrimEnd();
            data["text/markdown"] = $"```csharp\n{heads}\n```\n\n{documentation}".TrimEnd();
        }
        return new JsonObject { ["status"] = "ok", ["found"] = data.Count > 0, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    /// <summary>What stands at a place of a text, and its documentation; null where nothing does.</summary>
    internal static (string Heads, string Documentation)? Explain(SemanticModel model, int cursor)
    {
        var symbols = SymbolsAt(model, cursor);
        return symbols.Length > 0 ? Describe(model, symbols) : null;
    }

    private static ImmutableArray<ISymbol> SymbolsAt(SemanticModel model, int cursor)
    {
        var root = model.SyntaxTree.GetRoot();
        // The name under the cursor, or just before it; otherwise what is called here.
        foreach (var position in (int[])[cursor, cursor - 1])
            if (position >= 0 && root.FindToken(position) is { Parent: { } name } token && token.Span.Contains(position)
                && (token.IsKind(SyntaxKind.IdentifierToken) || name is PredefinedTypeSyntax)
                && Of(model, name) is { Length: > 0 } found) return found;
        for (var node = root.FindToken(Math.Max(0, cursor - 1)).Parent; node is not null; node = node.Parent)
        {
            if (node is InvocationExpressionSyntax call) return Of(model, call.Expression);
            if (node is BaseObjectCreationExpressionSyntax) return Of(model, node);
        }
        return [];
    }

    private static ImmutableArray<ISymbol> Of(SemanticModel model, SyntaxNode node)
    {
        if (model.GetDeclaredSymbol(node) is { } declared) return [declared];
        // A type's name after `new` means its constructor.
        var meant = node.Parent is ObjectCreationExpressionSyntax creation && creation.Type == node ? creation : node;
        var info = model.GetSymbolInfo(meant);
        if (info.Symbol is { } symbol) return [symbol];
        if (info.CandidateSymbols is { Length: > 0 } candidates) return candidates;
        var group = model.GetMemberGroup(node);
        return group.Length > 0 ? group : model.GetTypeInfo(node).Type is { } type and not IErrorTypeSymbol ? [type] : [];
    }

    private static (string Heads, string Documentation) Describe(SemanticModel model, ImmutableArray<ISymbol> symbols)
    {
        var heads = symbols.Take(MostOverloads).Select(Head).ToList();
        if (symbols.Length > MostOverloads) heads.Add(FormattableString.Invariant($"// and {symbols.Length - MostOverloads} more"));
        var more = symbols is [IMethodSymbol method] ? Overloads(method) : 0;
        if (more > 0) heads.Add(FormattableString.Invariant($"// and {more} more of this name"));
        return (string.Join('\n', heads), new DocumentationText(model.Compilation).Of(symbols[0]));
    }

    private static int Overloads(IMethodSymbol method) => method.ContainingType?.GetMembers(method.Name).OfType<IMethodSymbol>()
        .Count(other => other.DeclaredAccessibility == Accessibility.Public) - 1 ?? 0;

    private static string Head(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { ContainingType.IsScriptClass: true } variable => $"{variable.Type.ToDisplayString(Format)} {variable.Name}",
        IMethodSymbol { ContainingType.IsScriptClass: true } method => method.ToDisplayString(OfCell),
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => symbol.ToDisplayString(Format),
        INamedTypeSymbol type => type.ToDisplayString(Format) + Namespace(type),
        INamespaceSymbol space => $"namespace {space.ToDisplayString()}",
        _ => symbol.ToDisplayString(Format) + (symbol.ContainingType is { IsScriptClass: false } container ? Namespace(container) : ""),
    };

    private static string Namespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"  // {space.ToDisplayString()}" : "";
}
