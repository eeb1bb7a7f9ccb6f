namespace Affect.Kernel.Headless;

/// <summary>Gives a notebook other values than those of its cell tagged <c>parameters</c>, by a cell after it, as papermill does.</summary>
internal static class ParameterCell
{
    internal const string Tag = "parameters";
    internal const string InjectedTag = "injected-parameters";

    /// <summary>Injects values.</summary>
    /// <param name="notebook">The notebook; an injected cell of an earlier run is replaced.</param>
    /// <param name="values">Name to text.</param>
    /// <param name="isQuick">Sets <c>quick</c> too, where there is such a parameter and <paramref name="values"/> do not name it.</param>
    /// <param name="name">What messages call the notebook.</param>
    /// <exception cref="FormatException">There is no such parameter, or its type is another.</exception>
    internal static void Inject(NotebookDocument notebook, IReadOnlyDictionary<string, string> values, bool isQuick, string name)
    {
        var cell = notebook.Cells.FirstOrDefault(cell => cell.IsCode && cell.Tags.Contains(Tag));
        var known = cell is null ? [] : Read(cell.Source);
        var wanted = values.ToDictionary(StringComparer.Ordinal);
        if (isQuick && known.ContainsKey("quick")) wanted.TryAdd("quick", "true");
        if (wanted.Count == 0) return;
        if (cell is null) throw new FormatException($"{name} takes no parameters: none of its code cells is tagged '{Tag}'.");
        var lines = wanted.Select(value => Line(known, value.Key, value.Value, name)).ToArray();

        foreach (var old in notebook.Cells.Where(other => other.Tags.Contains(InjectedTag)).ToArray()) notebook.Remove(old);
        notebook.Insert(notebook.Cells.Index().First(entry => entry.Item == cell).Index + 1, new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = InjectedTag,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(InjectedTag) },
            ["outputs"] = new JsonArray(),
            ["source"] = NotebookJson.Lines("// Parameters\n" + string.Join('\n', lines)),
        });
    }

    /// <summary>The committed values.</summary>
    internal static Dictionary<string, string> Values(NotebookDocument notebook)
    {
        var cell = notebook.Cells.FirstOrDefault(cell => cell.IsCode && cell.Tags.Contains(Tag));
        return cell is null ? [] : Read(cell.Source).ToDictionary(
            entry => entry.Key, entry => entry.Value.Value is LiteralExpressionSyntax { Token.Value: string text } ? text : entry.Value.Value.ToString(), StringComparer.Ordinal);
    }

    // Declared type and value of each variable that the cell sets.
    private static Dictionary<string, (string Type, ExpressionSyntax Value)> Read(string source)
    {
        var root = (CompilationUnitSyntax)SubmissionEngine.Parse(source, Tag).GetRoot();
        return root.Members.OfType<FieldDeclarationSyntax>()
            .SelectMany(field => field.Declaration.Variables.Select(variable => (field.Declaration.Type, variable)))
            .Where(entry => entry.variable.Initializer is not null)
            .ToDictionary(entry => entry.variable.Identifier.ValueText, entry => (entry.Type.ToString(), entry.variable.Initializer!.Value), StringComparer.Ordinal);
    }

    private static string Line(Dictionary<string, (string Type, ExpressionSyntax Value)> known, string name, string text, string notebook)
    {
        if (!known.TryGetValue(name, out var parameter))
            throw new FormatException($"{notebook} has no parameter '{name}'; it has {(known.Count == 0 ? "none" : string.Join(", ", known.Keys))}.");
        var type = parameter.Type == "var" ? TypeOf(parameter.Value) : parameter.Type.TrimEnd('?');
        var value = Literal(type, text) ?? throw new FormatException($"{notebook}: the parameter {name} must be {Wish(type)}, as in {parameter.Type} {name} = {parameter.Value};, but was '{text}'.");
        return $"{parameter.Type} {name} = {value};";
    }

    private static string TypeOf(ExpressionSyntax value) => value switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression } signed => TypeOf(signed.Operand),
        LiteralExpressionSyntax { Token.Value: { } literal } => literal switch
        {
            int => "int",
            long => "long",
            double => "double",
            float => "float",
            bool => "bool",
            string => "string",
            _ => "",
        },
        _ => "",
    };

    private static string Wish(string type) => type switch
    {
        "int" or "long" => $"a whole number ({type})",
        "double" or "float" => $"a number ({type})",
        "bool" => "true or false",
        _ => "an expression of C#",
    };

    private static string? Literal(string type, string text) => type switch
    {
        "int" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value.ToString(CultureInfo.InvariantCulture) : null,
        "long" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value.ToString(CultureInfo.InvariantCulture) + "L" : null,
        "double" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) + "d" : null,
        "float" => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) + "f" : null,
        "bool" => bool.TryParse(text, out var value) ? value ? "true" : "false" : null,
        "string" => SymbolDisplay.FormatLiteral(text, quote: true),
        _ => IsExpression(text) ? text : null,
    };

    private static bool IsExpression(string text) => text.Trim().Length > 0
        && SyntaxFactory.ParseExpression(text, consumeFullText: true) is { ContainsDiagnostics: false };
}
