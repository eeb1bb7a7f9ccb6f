namespace Affect.Adapters.Peft;

/// <summary>Which modules a PEFT file means: names, endings of paths or an expression; less the excluded ones; in some layers or in all.</summary>
/// <remarks>
/// PEFT 0.18, tuners/tuners_utils.py, <c>check_target_module_exists</c>. Paths there may begin with the base model's name within a model with a head
/// (<c>hubert.encoder…</c>), so each of our paths is tried under each of those names.
/// </remarks>
internal sealed class PeftTargets
{
    /// <summary>What stands before our paths in models with a head.</summary>
    internal static readonly IReadOnlyList<string> Models = ["", "hubert.", "bert.", "roberta.", "vit.", "clip."];

    private const string AllLinear = "all-linear";
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<string>? names;
    private readonly Regex? expression;
    private readonly bool isAllLinear;
    private readonly Func<string, bool> isExcluded;
    private readonly IReadOnlyList<string> listNames;

    /// <exception cref="ArgumentException">A field makes no sense.</exception>
    internal PeftTargets(ConfigFile file)
    {
        (names, var text) = NamesOrExpression(file, "target_modules");
        isAllLinear = string.Equals(text, AllLinear, StringComparison.OrdinalIgnoreCase);
        if (text is not null && !isAllLinear) expression = Whole(text, "target_modules");
        if (names is null && text is null) throw new ArgumentException($"'target_modules' must be a list of names, an expression or {AllLinear}, but is {file.Raw("target_modules")?.ToJsonString() ?? "missing"}.", nameof(file));
        if (names is { Count: 0 }) throw new ArgumentException("'target_modules' must name at least one module, but is empty.", nameof(file));
        var (excluded, pattern) = NamesOrExpression(file, "exclude_modules");
        Excludes = excluded is { Count: > 0 } || !string.IsNullOrEmpty(pattern);
        var unwanted = string.IsNullOrEmpty(pattern) ? null : Whole(pattern, "exclude_modules");
        isExcluded = path => Excludes && (unwanted?.IsMatch(path) ?? excluded!.Any(name => ModuleFinder.Matches(path, name)));
        Layers = LayersOf(file.Raw("layers_to_transform"));
        var (lists, one) = NamesOrExpression(file, "layers_pattern");
        listNames = lists ?? (string.IsNullOrEmpty(one) ? [] : [one]);
    }

    /// <summary>The names, where it is names; null: an expression, or all linear maps.</summary>
    internal IReadOnlyList<string>? Names => names;

    /// <summary>Whether modules are excluded.</summary>
    internal bool Excludes { get; }

    /// <summary>The layers, from 1; null: all.</summary>
    internal IReadOnlyList<int>? Layers { get; }

    /// <summary>Whether a module is meant.</summary>
    /// <param name="path">Its path in our model.</param>
    /// <exception cref="ArgumentException">An expression runs away.</exception>
    internal bool Matches(string path)
    {
        try
        {
            return Models.Any(model => Means(model + path)) && !Models.Any(model => isExcluded(model + path));
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new ArgumentException($"'target_modules' or 'exclude_modules' is an expression that takes longer than {MatchLimit.TotalSeconds} s on '{path}': {error.Pattern}.", nameof(path), error);
        }
    }

    /// <summary>Whether a module is named by one of the names.</summary>
    internal static bool IsNamed(string path, string name) => Models.Any(model => ModuleFinder.Matches(model + path, name));

    private bool Means(string path)
    {
        if (isAllLinear) return InLayers(path);
        if (expression is not null) return expression.IsMatch(path);
        // A whole path is meant whatever its layer.
        return names!.Contains(path, StringComparer.Ordinal) || (names!.Any(name => ModuleFinder.Matches(path, name)) && InLayers(path));
    }

    // The number behind the list's name; of several numbers in a path, PEFT's greedy expression finds the last.
    private bool InLayers(string path)
    {
        if (Layers is null) return true;
        var parts = path.Split('.');
        for (var i = parts.Length - 2; i >= 1; i--)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var layer) || (listNames.Count > 0 && !listNames.Contains(parts[i - 1]))) continue;
            return Layers.Contains(layer + 1);
        }
        return false;
    }

    internal static Regex Whole(string text, string field)
    {
        try
        {
            // Files are data: an expression that runs away must end.
            return new Regex($@"\A(?:{text})\z", RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"'{field}' must be names or a regular expression, but is '{text}' ({error.Message})", field, error);
        }
    }

    internal static (IReadOnlyList<string>? Names, string? Text) NamesOrExpression(ConfigFile file, string field) => file.Raw(field) switch
    {
        null => (null, null),
        JsonArray list when list.All(item => item is JsonValue value && value.TryGetValue<string>(out _)) => ([.. list.Select(item => item!.GetValue<string>())], null),
        JsonValue value when value.TryGetValue<string>(out var text) => (null, text),
        var other => throw new ArgumentException($"'{field}' must be a list of names or a text, but is {other.ToJsonString()}.", nameof(file)),
    };

    private static int[]? LayersOf(JsonNode? node) => node switch
    {
        null or JsonArray { Count: 0 } => null,
        JsonArray list when list.All(item => item is JsonValue value && value.TryGetValue<int>(out _)) => [.. list.Select(layer => layer!.GetValue<int>() + 1)],
        JsonValue value when value.TryGetValue<int>(out var layer) => [layer + 1],
        _ => throw new ArgumentException($"'layers_to_transform' must be whole numbers, but is {node.ToJsonString()}.", nameof(node)),
    };
}
