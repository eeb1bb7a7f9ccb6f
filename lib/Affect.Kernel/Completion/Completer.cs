namespace Affect.Kernel.Completion;

/// <summary>Answers <c>complete_request</c>: what may stand at the cursor, on top of the cells that have run.</summary>
/// <param name="understand">What the compiler makes of a text on top of the cells.</param>
internal sealed class Completer(Func<string, SemanticModel> understand)
{
    private static readonly string[] Contextual = ["async", "await", "nameof", "record", "var", "when", "with", "yield"];

    internal JsonObject Answer(Message request)
    {
        var code = request.Text("code");
        var cursor = CodePoints.ToIndex(code, request.Number("cursor_pos", otherwise: int.MaxValue));
        var start = cursor;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        var head = code[..cursor];
        var line = head[(head.LastIndexOf('\n') + 1)..].TrimStart();
        // At a line's head `#!` begins a directive of the kernel.
        var isDirective = line.StartsWith("#!", StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal);
        if (isDirective) start = cursor - line.Length;
        var found = isDirective ? Directives(line) : Find(head, start);
        var (from, to) = (CodePoints.ToPosition(code, start), CodePoints.ToPosition(code, cursor));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Select(candidate => (JsonNode)candidate.Text)]),
            ["cursor_start"] = from,
            ["cursor_end"] = to,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Select(candidate => (JsonNode)new JsonObject
                {
                    ["text"] = candidate.Text,
                    ["type"] = candidate.Kind,
                    ["signature"] = candidate.Signature,
                    ["start"] = from,
                    ["end"] = to,
                })]),
            },
        };
    }

    private static Candidate[] Directives(string begun) =>
        [.. CellDirective.Known.Where(known => known.Key.StartsWith(begun, StringComparison.Ordinal))
            .Select(known => new Candidate(known.Key, "keyword", known.Value))];

    // All that may stand at the end of a text and begins with what stands there. What follows the cursor is left out: a half-written line would
    // swallow the next one.
    private Candidate[] Find(string code, int start)
    {
        var model = understand(code);
        var root = model.SyntaxTree.GetRoot();
        if (IsInText(root, start, code.Length)) return [];
        var prefix = code[start..];
        return [.. Candidates(model, root.FindToken(Math.Max(0, start - 1)), start, out var keywords)
            .Where(symbol => IsOffered(symbol) && symbol.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .GroupBy(symbol => symbol.Name)
            .Select(group => Of(model, start, [.. group]))
            .Concat(keywords ? Keywords(prefix) : [])
            .DistinctBy(candidate => candidate.Text)
            .OrderBy(candidate => candidate.Text.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<ISymbol> Candidates(SemanticModel model, SyntaxToken before, int position, out bool keywords)
    {
        keywords = false;
        var directive = before.Parent?.FirstAncestorOrSelf<UsingDirectiveSyntax>();
        var isOfNamespaces = directive is { Alias: null } && directive.StaticKeyword.IsKind(SyntaxKind.None);
        if (Container(before) is { } left) return Members(model, left, position).Where(symbol => !isOfNamespaces || symbol is INamespaceSymbol);
        if (directive is not null) return model.LookupNamespacesAndTypes(position).Where(symbol => !isOfNamespaces || symbol is INamespaceSymbol);
        if (before.Parent is ObjectCreationExpressionSyntax && before.IsKind(SyntaxKind.NewKeyword)) return model.LookupNamespacesAndTypes(position);
        // What is to become `new Point { Across = 1 }` is to the parser, until it has the equals sign, a list of elements.
        if (before.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax created } initializer && model.GetTypeInfo(created).Type is { } type)
        {
            var settable = model.LookupSymbols(position, type)
                .Where(symbol => !symbol.IsStatic && symbol is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false });
            return initializer.IsKind(SyntaxKind.ObjectInitializerExpression) ? settable : settable.Concat(model.LookupSymbols(position));
        }
        keywords = true;
        return model.LookupSymbols(position);
    }

    // What stands left of the dot that the cursor follows.
    private static ExpressionSyntax? Container(SyntaxToken before) => before.Parent switch
    {
        MemberAccessExpressionSyntax access when access.OperatorToken == before => access.Expression,
        QualifiedNameSyntax name when name.DotToken == before => name.Left,
        MemberBindingExpressionSyntax binding when binding.OperatorToken == before => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    private static IEnumerable<ISymbol> Members(SemanticModel model, ExpressionSyntax left, int position)
    {
        var symbol = model.GetSymbolInfo(left).Symbol;
        var type = model.GetTypeInfo(left).Type;
        // A half-written `xs.` before a call is a name to the parser, of a type that does not exist.
        if (symbol is null && type is null or IErrorTypeSymbol && left is NameSyntax) symbol = model.LookupSymbols(position, name: left.ToString()).FirstOrDefault();
        switch (symbol)
        {
            case INamespaceSymbol space: return model.LookupNamespacesAndTypes(position, space);
            case INamedTypeSymbol named: return model.LookupSymbols(position, named).Where(member => member.IsStatic || member is ITypeSymbol);
            case IFieldSymbol field: type = field.Type; break;
            case ILocalSymbol local: type = local.Type; break;
            case IPropertySymbol property: type = property.Type; break;
        }
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } && left.Parent is ConditionalAccessExpressionSyntax) type = value;
        return type is null or IErrorTypeSymbol ? [] : model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(member => !member.IsStatic || member is IMethodSymbol { ReducedFrom: not null });
    }

    private static bool IsOffered(ISymbol symbol) => symbol.CanBeReferencedByName
        && !symbol.IsImplicitlyDeclared
        && symbol is not INamedTypeSymbol { IsScriptClass: true }
        && symbol is not INamespaceSymbol { IsGlobalNamespace: true }
        && !symbol.GetAttributes().Any(attribute => attribute is { AttributeClass.Name: "EditorBrowsableAttribute", ConstructorArguments: [{ Value: 1 }] });

    private static Candidate Of(SemanticModel model, int position, IReadOnlyList<ISymbol> same)
    {
        var (kind, type) = same[0] switch
        {
            IMethodSymbol => ("function", null),
            INamedTypeSymbol { TypeKind: TypeKind.Interface } => ("interface", null),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } => ("enum", null),
            ITypeSymbol => ("class", null),
            INamespaceSymbol => ("module", null),
            IPropertySymbol property => (IsOfCell(property) ? "instance" : "property", property.Type),
            IFieldSymbol field => (IsOfCell(field) ? "instance" : "property", field.Type),
            ILocalSymbol local => ("instance", local.Type),
            IParameterSymbol parameter => ("instance", parameter.Type),
            _ => ("instance", (ITypeSymbol?)null),
        };
        var signature = (same[0] as IMethodSymbol ?? (ISymbol?)type)
            ?.ToMinimalDisplayString(model, position, SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "";
        return new Candidate(same[0].Name, kind,
            kind == "function" && same.Count > 1 ? FormattableString.Invariant($"{signature} (+ {same.Count - 1})") : signature);
    }

    private static bool IsOfCell(ISymbol symbol) => symbol.ContainingType?.IsScriptClass == true;

    private static IEnumerable<Candidate> Keywords(string prefix) => prefix.Length == 0
        ? []
        : SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText).Concat(Contextual)
            .Where(keyword => keyword.StartsWith(prefix, StringComparison.Ordinal) && !keyword.StartsWith("__", StringComparison.Ordinal))
            .Where(SyntaxFacts.IsValidIdentifier)
            .Select(keyword => new Candidate(keyword, "keyword", ""));

    // Within a comment or a text nothing is completed; within the holes of a text there is.
    private static bool IsInText(SyntaxNode root, int start, int cursor)
    {
        var trivia = root.FindTrivia(Math.Max(0, start - 1));
        if (trivia.Span.Contains(Math.Max(0, start - 1)) && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))) return true;
        var token = root.FindToken(Math.Max(0, cursor - 1));
        return token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken && token.SpanStart < cursor;
    }

    // One way to go on: the whole name, what it is in the words that front ends have icons for, and how it is called or what type it has.
    private sealed record Candidate(string Text, string Kind, string Signature);
}
