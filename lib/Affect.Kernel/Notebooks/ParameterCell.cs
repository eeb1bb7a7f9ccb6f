namespace Affect.Kernel.Notebooks;

/// <summary>Gives a notebook other values than those of its cell tagged <c>parameters</c>, by a cell after it, as papermill does.</summary>
internal static class ParameterCell
{
    internal const string Tag = "parameters";
    internal const string InjectedTag = "injected-parameters";

    /// <summary>
    /// Injects values, a text for each name; an injected cell of an earlier run is replaced. A quick run sets <c>quick</c> too, where there is such a
    /// parameter and the values do not name it.
    /// </summary>
    /// <exception cref="FormatException">There is no such parameter, or its type is another.</exception>
    internal static void Inject(NotebookDocument notebook, IReadOnlyDictionary<string, string> values, bool isQuick, string name)
    {
        var cell = Find(notebook);
        var known = Read(cell);
        var wanted = values.ToDictionary();
        if (isQuick && known.ContainsKey("quick")) wanted.TryAdd("quick", "true");
        if (wanted.Count == 0) return;
        if (cell is null) throw new FormatException($"{name} takes no parameters: none of its code cells is tagged '{Tag}'.");
        var lines = wanted.Select(value => Line(known, value.Key, value.Value, name)).Prepend("// Parameters").ToArray();

        foreach (var old in notebook.Cells.Where(other => other.Tags.Contains(InjectedTag)).ToArray()) notebook.Remove(old);
        notebook.InsertAfter(cell, new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = InjectedTag,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(InjectedTag) },
            ["outputs"] = new JsonArray(),
            ["source"] = NotebookJson.Lines(string.Join('\n', lines)),
        });
    }

    /// <summary>The committed values; strings without their quotes.</summary>
    internal static Dictionary<string, string> Values(NotebookDocument notebook) => Read(Find(notebook)).ToDictionary(
        entry => entry.Key, entry => entry.Value.Value is LiteralExpressionSyntax { Token.Value: string text } ? text : entry.Value.Value.ToString());

    private static NotebookCell? Find(NotebookDocument notebook) => notebook.Cells.FirstOrDefault(cell => cell.IsCode && cell.Tags.Contains(Tag));

    // Declared type and value of each variable that the cell sets.
    private static Dictionary<string, (string Type, ExpressionSyntax Value)> Read(NotebookCell? cell) =>
        new SourceUnit(Tag, cell?.Source ?? "").Root.Members.OfType<FieldDeclarationSyntax>()
            .SelectMany(field => field.Declaration.Variables.Select(variable => (Type: field.Declaration.Type.ToString(), variable)))
            .Where(entry => entry.variable.Initializer is not null)
            .ToDictionary(entry => entry.variable.Identifier.ValueText, entry => (entry.Type, entry.variable.Initializer!.Value));

    private static string Line(Dictionary<string, (string Type, ExpressionSyntax Value)> known, string name, string text, string notebook)
    {
        if (!known.TryGetValue(name, out var parameter))
            throw new FormatException($"{notebook} has no parameter '{name}'; it has {(known.Count == 0 ? "none" : string.Join(", ", known.Keys))}.");
        var (wish, value) = Literal(parameter.Type == "var" ? TypeOf(parameter.Value) : parameter.Type.TrimEnd('?'), text);
        return value is not null
            ? $"{parameter.Type} {name} = {value};"
            : throw new FormatException(
                $"{notebook}: the parameter {name} must be {wish}, as in {parameter.Type} {name} = {parameter.Value};, but was '{text}'.");
    }

    private static string TypeOf(ExpressionSyntax value) => value switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression } signed =>
            TypeOf(signed.Operand),
        LiteralExpressionSyntax { Token.Value: int } => "int",
        LiteralExpressionSyntax { Token.Value: long } => "long",
        LiteralExpressionSyntax { Token.Value: double } => "double",
        LiteralExpressionSyntax { Token.Value: float } => "float",
        LiteralExpressionSyntax { Token.Value: bool } => "bool",
        LiteralExpressionSyntax { Token.Value: string } => "string",
        _ => "",
    };

    // What a text must be to be a value of a type, and the value as C# writes it; null where the text is none.
    private static (string Wish, string? Value) Literal(string type, string text) => type switch
    {
        "int" => ("a whole number (int)", Number<int>(text, NumberStyles.AllowLeadingSign, "")),
        "long" => ("a whole number (long)", Number<long>(text, NumberStyles.AllowLeadingSign, "L")),
        "double" => ("a number (double)", Number<double>(text, NumberStyles.Float, "d")),
        "float" => ("a number (float)", Number<float>(text, NumberStyles.Float, "f")),
        "bool" => ("true or false", bool.TryParse(text, out var value) ? value ? "true" : "false" : null),
        "string" => ("a text", SymbolDisplay.FormatLiteral(text, quote: true)),
        _ => ("an expression of C#", IsExpression(text) ? text : null),
    };

    private static string? Number<T>(string text, NumberStyles style, string suffix)
        where T : INumber<T> =>
        T.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            ? FormattableString.Invariant($"{value}{suffix}") : null;

    private static bool IsExpression(string text) => text.Trim().Length > 0
        && SyntaxFactory.ParseExpression(text, consumeFullText: true) is { ContainsDiagnostics: false };
}
