namespace Affect.Kernel.Language;

/// <summary>Answers <c>complete_request</c>: what may stand at the cursor, on top of the cells that have run.</summary>
internal sealed class Completer(NotebookSession session)
{
    private static readonly string[] Contextual = ["async", "await", "nameof", "record", "var", "when", "with", "yield"];
    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat;

    internal JsonObject Answer(Message request)
    {
        var code = request.Text("code");
        var cursor = CodePoints.ToIndex(code, request.Number("cursor_pos", otherwise: int.MaxValue));
        var start = cursor;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        IReadOnlyList<Completion> found;
        // At a line's head `#!` begins a directive of the kernel.
        if (code.LastIndexOf('\n', Math.Max(0, cursor - 1)) + 1 is var line && line <= cursor && code[line..cursor].TrimStart() is ['#', '!', ..] directive && !directive.Contains(' ', StringComparison.Ordinal))
        {
            start = cursor - directive.Length;
            found = [.. CellDirective.Known.Where(known => known.Key.StartsWith(directive, StringComparison.Ordinal)).Select(known => new Completion(known.Key, "keyword", known.Value))];
        }
        else found = Find(code, start, cursor);
        var (from, to) = (CodePoints.ToPosition(code, start), CodePoints.ToPosition(code, cursor));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Select(completion => (JsonNode)completion.Text)]),
            ["cursor_start"] = from,
            ["cursor_end"] = to,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Select(completion => (JsonNode)new JsonObject
                {
                    ["text"] = completion.Text,
                    ["type"] = completion.Kind,
                    ["signature"] = completion.Signature,
                    ["start"] = from,
                    ["end"] = to,
                })]),
            },
        };
    }

    /// <summary>All that may stand between two places of a text and begins with what stands there.</summary>
    internal IReadOnlyList<Completion> Find(string code, int start, int cursor)
    {
        // What follows the cursor is left out: a half-written line would swallow the next one.
        var model = session.Understand(code[..cursor]);
        var root = model.SyntaxTree.GetRoot();
        var before = root.FindToken(Math.Max(0, start - 1));
        if (IsInText(root, start, cursor)) return [];
        var prefix = code[start..cursor];
        return [.. Candidates(model, before, start, out var keywords)
            .Where(symbol => IsOffered(symbol) && symbol.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .GroupBy(symbol => symbol.Name)
            .Select(group => Of(model, start, [.. group]))
            .Concat(keywords ? Keywords(prefix) : [])
            .DistinctBy(completion => completion.Text)
            .OrderBy(completion => completion.Text.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(completion => completion.Text, StringComparer.OrdinalIgnoreCase)];
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
            var settable = model.LookupSymbols(position, type).Where(symbol => !symbol.IsStatic && symbol is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false });
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

    private static Completion Of(SemanticModel model, int position, IReadOnlyList<ISymbol> same)
    {
        var symbol = same[0];
        var more = same.Count > 1 ? FormattableString.Invariant($" (+ {same.Count - 1})") : "";
        return symbol switch
        {
            IMethodSymbol method => new Completion(symbol.Name, "function", method.ToMinimalDisplayString(model, position, Short) + more),
            INamedTypeSymbol { TypeKind: TypeKind.Interface } => new Completion(symbol.Name, "interface", ""),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } => new Completion(symbol.Name, "enum", ""),
            ITypeSymbol => new Completion(symbol.Name, "class", ""),
            INamespaceSymbol => new Completion(symbol.Name, "module", ""),
            IPropertySymbol property when IsOfCell(property) is false => new Completion(symbol.Name, "property", property.Type.ToMinimalDisplayString(model, position)),
            IFieldSymbol { ContainingType.IsScriptClass: false } field => new Completion(symbol.Name, "property", field.Type.ToMinimalDisplayString(model, position)),
            IFieldSymbol field => new Completion(symbol.Name, "instance", field.Type.ToMinimalDisplayString(model, position)),
            ILocalSymbol local => new Completion(symbol.Name, "instance", local.Type.ToMinimalDisplayString(model, position)),
            IParameterSymbol parameter => new Completion(symbol.Name, "instance", parameter.Type.ToMinimalDisplayString(model, position)),
            _ => new Completion(symbol.Name, "instance", ""),
        };
    }

    private static bool IsOfCell(ISymbol symbol) => symbol.ContainingType?.IsScriptClass == true;

    private static IEnumerable<Completion> Keywords(string prefix) => prefix.Length == 0
        ? []
        : SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText).Concat(Contextual)
            .Where(keyword => keyword.StartsWith(prefix, StringComparison.Ordinal) && SyntaxFacts.IsValidIdentifier(keyword) && !keyword.StartsWith("__", StringComparison.Ordinal))
            .Select(keyword => new Completion(keyword, "keyword", ""));

    // Within a comment or a text nothing is completed; within the holes of a text there is.
    private static bool IsInText(SyntaxNode root, int start, int cursor)
    {
        var trivia = root.FindTrivia(Math.Max(0, start - 1));
        if (trivia.Span.Contains(Math.Max(0, start - 1)) && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))) return true;
        var token = root.FindToken(Math.Max(0, cursor - 1));
        return token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken && token.SpanStart < cursor;
    }
}
