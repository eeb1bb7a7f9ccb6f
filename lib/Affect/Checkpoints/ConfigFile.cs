namespace Affect.Checkpoints;

/// <summary>A model's <c>config.json</c>: fields by name, with errors that name file, field, wish and value.</summary>
public sealed class ConfigFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonObject fields;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private ConfigFile(string place, JsonObject fields) => (Place, this.fields) = (place, fields);

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => fields.Select(item => item.Key);

    /// <summary>Where the fields are: the file, and the object within it.</summary>
    internal string Place { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is not a JSON object.</exception>
    public static ConfigFile Open(string path) => new(path, ReadObject(path));

    /// <summary>Reads a file if it is there; one without fields else.</summary>
    /// <exception cref="FormatException">The file is not a JSON object.</exception>
    internal static ConfigFile OpenIfThere(string path) => new(path, File.Exists(path) ? ReadObject(path) : []);

    /// <summary>The object that a file holds.</summary>
    /// <inheritdoc cref="Open"/>
    internal static JsonObject ReadObject(string path)
    {
        PointerFile.RequireWanted(path);
        try
        {
            var root = JsonNode.Parse(RegularFile.ReadUtf8(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            return root as JsonObject ?? throw new FormatException($"{path} must hold a JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is not valid JSON ({error.Message})", error);
        }
    }

    /// <summary>Writes fields, sorted by name and indented by two as Python writes them; whole or not at all.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, JsonNode?> fields)
    {
        var sorted = new JsonObject();
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal)) sorted.Add(name, value?.DeepClone());
        AtomicFile.WriteText(path, sorted.ToJsonString(Indented) + "\n");
    }

    /// <summary>A number as Python writes it, so that 0.0 stays a real number to who reads it strictly.</summary>
    public static JsonNode Real(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return JsonNode.Parse(text.Contains('.') || text.Contains('e') ? text : text + ".0")!;
    }

    /// <summary>Whether a field stands in the file and is not null.</summary>
    public bool Has(string name) => fields[name] is not null;

    /// <summary>A field as it stands, or null where it is missing or null.</summary>
    public JsonNode? Raw(string name)
    {
        asked.Add(name);
        return fields[name];
    }

    /// <summary>Refuses every field that nobody has asked for and that may not stand there unread.</summary>
    /// <exception cref="FormatException">There is one; the message names it.</exception>
    public void RequireKnown(KnownFields known)
    {
        ArgumentNullException.ThrowIfNull(known);
        foreach (var (name, value) in fields)
            if (!asked.Contains(name) && known.Problem(name, value) is { } problem) throw new FormatException($"{Place}: {problem}");
    }

    /// <summary>A whole number; the given one where the field is missing or null.</summary>
    /// <exception cref="FormatException">The field is something else.</exception>
    public int WholeNumber(string name, int missing) => Read(name, missing, "a whole number", value => value.GetValue<int>());

    /// <summary>A whole number or none.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public int? WholeNumber(string name) => Raw(name) is null ? null : WholeNumber(name, 0);

    /// <summary>A number; the given one where the field is missing or null.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public double Number(string name, double missing) => Read(name, missing, "a number", value => value.GetValue<double>());

    /// <summary>True or false; the given one where the field is missing or null.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public bool Flag(string name, bool missing) => Flag(name) ?? missing;

    /// <summary>True, false or neither.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    internal bool? Flag(string name) => Read<bool?>(name, null, "true or false", value => value.GetValue<bool>());

    /// <summary>A text; the given one where the field is missing or null.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public string Text(string name, string missing) => Read(name, missing, "a text", value => value.GetValue<string>());

    /// <summary>A list of whole numbers; the given one where the field is missing or null.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public IReadOnlyList<int> WholeNumbers(string name, IReadOnlyList<int> missing) =>
        Read(name, missing, "a list of whole numbers", value => value.AsArray().GetValues<int>().ToArray());

    /// <summary>A list of numbers; the given one where the field is missing or null.</summary>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public IReadOnlyList<double> Numbers(string name, IReadOnlyList<double> missing) =>
        Read(name, missing, "a list of numbers", value => value.AsArray().GetValues<double>().ToArray());

    /// <summary>An object within the file, its fields read as a file's are; one without fields where it is missing or null.</summary>
    /// <exception cref="FormatException">The field is something else.</exception>
    public ConfigFile Section(string name) => Section(name, Read(name, [], "an object", value => value.AsObject()));

    /// <summary>An object that lies somewhere in a field.</summary>
    internal ConfigFile Section(string name, JsonObject within) => new($"{Place}: {name}", within);

    /// <summary>A value that a text stands for.</summary>
    /// <param name="name">The field.</param>
    /// <param name="missing">The text where the field is missing or null.</param>
    /// <param name="known">The texts that are known, and what they stand for.</param>
    /// <inheritdoc cref="WholeNumber(string, int)"/>
    public T Choice<T>(string name, string missing, IReadOnlyDictionary<string, T> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var text = Text(name, missing);
        return known.TryGetValue(text, out var value) ? value : throw Wrong(name, $"one of {string.Join(", ", known.Keys)}", $"'{text}'");
    }

    /// <summary>Builds a configuration; an error of its checks gets the file's name.</summary>
    /// <exception cref="FormatException">A value is out of its range.</exception>
    public T Build<T>(Func<ConfigFile, T> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            return build(this);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{Place}: {error.Message}", error);
        }
    }

    /// <summary>A field is not what it must be.</summary>
    /// <param name="name">The field.</param>
    /// <param name="wish">What it must be.</param>
    /// <param name="found">What it is; its value, shortened, where left out.</param>
    /// <param name="cause">The error beneath, if any.</param>
    internal FormatException Wrong(string name, string wish, string? found = null, Exception? cause = null) =>
        new($"{Place}: '{name}' must be {wish}, but is {found ?? KnownFields.Shown(fields[name])}.", cause);

    private T Read<T>(string name, T missing, string wish, Func<JsonNode, T> read)
    {
        if (Raw(name) is not { } value) return missing;
        try
        {
            return read(value);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or NullReferenceException)
        {
            throw Wrong(name, wish, value.ToJsonString(), error);
        }
    }
}
