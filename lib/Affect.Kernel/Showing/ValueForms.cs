namespace Affect.Kernel.Showing;

/// <summary>Turns values into all the forms that a notebook can show.</summary>
/// <remarks>
/// What anyone has registered with <see cref="Formatter"/> in this process, or names by the package's attribute, is honoured. What nobody has is the
/// host's: the package's own tree of every property of every property opens the stack traces of exceptions and the insides of types, with this
/// machine's paths in them.
/// </remarks>
/// <param name="others">Shows the values of all other types; null shows their text.</param>
/// <param name="patience">How long the own code of a value may take to be shown.</param>
internal sealed class ValueForms(IOutputFormatter? others, TimeSpan patience)
{
    private const string Text = PlainTextFormatter.MimeType;
    private const int MostBytes = 64 << 20;
    private const int DeepestSequence = 6;

    // For these the package has something to say as it has for everything.
    private static readonly Type[] Everything =
        [typeof(object), typeof(string), typeof(IEnumerable), typeof(Enum), typeof(Type), typeof(Exception), typeof(TimeSpan), typeof(decimal), typeof(BigInteger)];

    /// <summary>A value as a bundle from mime type to data.</summary>
    /// <param name="value">The value; what has been shown already gives an empty bundle.</param>
    /// <param name="asked">Only these forms; none: all it has.</param>
    /// <exception cref="ArgumentException">The value has no such form.</exception>
    internal IReadOnlyDictionary<string, JsonNode> Of(object? value, params IReadOnlyList<string> asked)
    {
        switch (value)
        {
            case DisplayedValue: return new Dictionary<string, JsonNode>();
            case FormattedValue one: return Of([one]);
            case IEnumerable<FormattedValue> several: return Of([.. several]);
            // Text says what it is only by the name it is shown under.
            case string text when asked.Count > 0: return asked.Distinct().ToDictionary(mime => mime, mime => Node(mime, text));
        }
        var bundle = Registered(value) ?? ShowingLimit.Run(patience, () => Unregistered(value), () => Bundle(Unfinished(value)));
        if (asked.Count == 0) return bundle;
        return asked.Distinct().ToDictionary(mime => mime, mime => bundle.GetValueOrDefault(mime) ?? Asked(value, bundle, mime));
    }

    /// <summary>What the package has formatted, as a bundle.</summary>
    internal static IReadOnlyDictionary<string, JsonNode> Of(IReadOnlyList<FormattedValue> formatted)
    {
        var bundle = new Dictionary<string, JsonNode>();
        foreach (var form in formatted) bundle[form.MimeType] = Node(form.MimeType, form.Value);
        return bundle;
    }

    private static Dictionary<string, JsonNode> Bundle(string text) => new() { [Text] = text };

    private IReadOnlyDictionary<string, JsonNode> Unregistered(object? value) => others?.Format(value) ?? Bundle(PlainText.Of(value));

    private string Unfinished(object? value) => FormattableString.Invariant(
        $"{PlainText.TypeName(value)}, which is not shown: its own code had come to no end after {patience.TotalSeconds:0.##} s ...");

    // Null where nobody has registered anything for the type.
    private static Dictionary<string, JsonNode>? Registered(object? value)
    {
        if (value is null) return null;
        var type = value.GetType();
        // Asked first: it looks for the type's own attribute, whose formatters are in the list from then on.
        var preferred = Formatter.GetPreferredMimeTypesFor(type);
        var users = Formatter.RegisteredFormatters(includeDefaults: false).ToHashSet();
        var registered = Formatter.RegisteredFormatters()
            .Where(formatter => (users.Contains(formatter) || !Everything.Contains(formatter.Type)) && IsFor(formatter.Type, type)).ToList();
        if (registered.Count == 0) return null;
        var bundle = new Dictionary<string, JsonNode>();
        foreach (var mime in preferred.Concat(registered.Select(formatter => formatter.MimeType)).Append(Text).Distinct())
            if (Write(value, type, mime) is { } form) bundle[mime] = Node(mime, form);
        // A form that says in markup what the text says is no form of its own.
        if (bundle.TryGetValue(HtmlFormatter.MimeType, out var html) && bundle.TryGetValue(Text, out var text)
            && IsNoMore(html.ToString(), text.ToString()))
            bundle.Remove(HtmlFormatter.MimeType);
        return bundle;
    }

    // Null: the formatter declines the value.
    private static string? Write(object value, Type type, string mime)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        bool isWritten;
        // Some formatters write what they need at the end, when their context ends.
        using (var context = new FormatContext(writer)) isWritten = Formatter.GetPreferredFormatterFor(type, mime).Format(value, context);
        return isWritten ? writer.ToString() : null;
    }

    private JsonNode Asked(object? value, IReadOnlyDictionary<string, JsonNode> bundle, string mime)
    {
        var isJson = mime == JsonFormatter.MimeType;
        try
        {
            return ShowingLimit.Run(patience, () => isJson ? Json(value) : Default(value, mime),
                () => Node(mime, isJson ? "null" : Unfinished(value)));
        }
        catch (ArgumentException error) when (error is not ArgumentNullException && error.ParamName != "value")
        {
            throw new ArgumentException($"{value?.GetType().Name ?? "null"} cannot be shown as '{mime}', only as {string.Join(", ", bundle.Keys)}.", nameof(mime), error);
        }
    }

    // The package opens sequences within sequences as deep as they go, and has no end where one holds itself.
    private static JsonNode Default(object? value, string mime)
    {
        if (!GoesDeep(value, DeepestSequence)) return Node(mime, value.ToDisplayString(mime));
        var text = FormattableString.Invariant($"{PlainText.TypeName(value)}, which holds itself or sequences more than {DeepestSequence} deep");
        return Node(mime, mime == HtmlFormatter.MimeType ? $"<pre>{WebUtility.HtmlEncode(text)}</pre>" : text);
    }

    private static JsonNode Json(object? value)
    {
        using var bounded = new BoundedStream();
        try
        {
            JsonSerializer.Serialize(bounded, value, value?.GetType() ?? typeof(object), JsonFormatter.SerializerOptions);
        }
        catch (Exception error) when (!CellInterrupt.IsStop(error) && error is IOException or JsonException or NotSupportedException or InsufficientExecutionStackException)
        {
            var reason = error is JsonException ? "it holds itself, or goes too deep" : error.Message;
            var name = value?.GetType().Name ?? "null";
            throw new ArgumentException($"{name} cannot be shown as '{JsonFormatter.MimeType}': {reason}.", nameof(value), error);
        }
        return JsonNode.Parse(bounded.GetBuffer().AsSpan(0, (int)bounded.Length)) ?? JsonValue.Create("null");
    }

    // Whether sequences stand within sequences further than some levels, among the elements of each that the package would open.
    private static bool GoesDeep(object? value, int levels)
    {
        var parts = value switch
        {
            null or string => null,
            IEnumerable sequence => sequence.Cast<object?>().Take(Formatter.ListExpansionLimit + 1),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(place => tuple[place]),
            _ => null,
        };
        return parts is not null && (levels == 0 || parts.Any(part => GoesDeep(part, levels - 1)));
    }

    private static JsonNode Node(string mime, string data)
    {
        if (mime != JsonFormatter.MimeType && !mime.EndsWith("+json", StringComparison.Ordinal)) return JsonValue.Create(data);
        try
        {
            return JsonNode.Parse(data) ?? JsonValue.Create("null");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"What is shown as '{mime}' must be JSON, but is not: {error.Message}", nameof(data), error);
        }
    }

    private static bool IsNoMore(string html, string text) =>
        html.StartsWith("<div class=\"dni-plaintext\">", StringComparison.Ordinal) || html == $"<span>{WebUtility.HtmlEncode(text)}</span>";

    // As the package itself understands a formatter of an open generic type.
    private static bool IsFor(Type formatted, Type type)
    {
        if (!formatted.IsGenericTypeDefinition) return formatted.IsAssignableFrom(type);
        for (var one = type; one is not null; one = one.BaseType)
            if (IsMadeOf(one, formatted)) return true;
        return type.GetInterfaces().Any(one => IsMadeOf(one, formatted));
    }

    private static bool IsMadeOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    // What is written may have no end.
    private sealed class BoundedStream : MemoryStream
    {
        // The other ways of writing come here.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > MostBytes)
                throw new IOException(FormattableString.Invariant($"it takes more than {MostBytes >> 20} MB, or has no end"));
            base.Write(buffer, offset, count);
        }
    }
}
