namespace Affect.Encoders;

/// <summary>Configurations in files: the properties that bear a <see cref="ConfigFieldAttribute"/>, read and written by their types.</summary>
internal static class ConfigFields
{
    /// <summary>Reads a model's <c>config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What <c>model_type</c> must be.</param>
    /// <param name="parse">Makes the configuration; an error of its checks gets the file's name.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    internal static T Read<T>(string path, string type, Func<ConfigFile, T> parse)
    {
        var file = ConfigFile.Open(path);
        var found = file.Text("model_type", "");
        return found == type ? file.Build(parse) : throw new FormatException($"{path}: 'model_type' must be '{type}', but is '{found}'.");
    }

    /// <summary>Sets a configuration's properties to what the file says; fields that are missing leave them as they are.</summary>
    /// <param name="file">The file.</param>
    /// <param name="config">Made for this call: it is changed.</param>
    /// <exception cref="FormatException">A field is of another type.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal static T Fill<T>(this ConfigFile file, T config)
        where T : class
    {
        foreach (var (name, property) in In(config))
        {
            var value = Value(file, name, property.PropertyType, property.GetValue(config));
            property.SetValue(config, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
        }
        return config;
    }

    /// <summary>A configuration's fields, as a file holds them.</summary>
    internal static Dictionary<string, JsonNode?> Of(object config) =>
        In(config).ToDictionary(field => field.Name, field => Node(field.Property.GetValue(config)));

    /// <summary>An object of fields in the order of their names.</summary>
    internal static JsonObject Sorted(Dictionary<string, JsonNode?> fields) =>
        new(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    /// <summary>All fields as one text, for fingerprints.</summary>
    internal static string Canonical(Dictionary<string, JsonNode?> fields) =>
        string.Join("\n", Sorted(fields).Select(field => $"{field.Key}={field.Value?.ToJsonString() ?? "null"}"));

    /// <summary>What the texts of a choice stand for.</summary>
    internal static Dictionary<string, object> Spellings(Type choice) => choice.GetFields(BindingFlags.Static | BindingFlags.Public)
        .SelectMany(member => member.GetCustomAttribute<SpellingAttribute>()!.Texts.Select(text => (text, member.GetValue(null)!)))
        .ToDictionary(spelling => spelling.text, spelling => spelling.Item2);

    private static IEnumerable<(string Name, PropertyInfo Property)> In(object config) =>
        from property in config.GetType().GetProperties()
        let field = property.GetCustomAttribute<ConfigFieldAttribute>()
        where field is not null
        select (field.Name, property);

    private static object? Value(ConfigFile file, string name, Type type, object? missing) => missing switch
    {
        int number => file.WholeNumber(name, number),
        double number => file.Number(name, number),
        bool flag => file.Flag(name, flag),
        IReadOnlyList<int> numbers => file.WholeNumbers(name, numbers),
        Enum choice => file.Choice(name, Text(choice), Spellings(type)),
        null when type == typeof(int?) => file.WholeNumber(name),
        _ => throw new NotSupportedException($"A {type.Name} cannot be read from a field."),
    };

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        int number => number,
        double number => ConfigFile.Real(number),
        bool flag => flag,
        IReadOnlyList<int> numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        Enum choice => Text(choice),
        _ => throw new NotSupportedException($"A {value.GetType().Name} cannot be written to a field."),
    };

    private static string Text(Enum choice) => Spellings(choice.GetType()).First(spelling => spelling.Value.Equals(choice)).Key;
}
