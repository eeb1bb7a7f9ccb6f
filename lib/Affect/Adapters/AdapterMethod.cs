namespace Affect.Adapters;

/// <summary>How a method's configuration is read from an <c>adapter_config.json</c>.</summary>
public sealed class AdapterMethod
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly Func<ConfigFile, bool> recognizes;
    private readonly Func<ConfigFile, Module, AdapterConfig> read;

    /// <summary>A method whose files have a form of their own.</summary>
    /// <param name="name">As in <c>lora</c>.</param>
    /// <param name="recognizes">Whether a file's <c>adapter_config.json</c> is of this method.</param>
    /// <param name="read">Its configuration for a model; what makes no sense is an <see cref="ArgumentException"/>.</param>
    public AdapterMethod(string name, Func<ConfigFile, bool> recognizes, Func<ConfigFile, Module, AdapterConfig> read) =>
        (Name, this.recognizes, this.read) = (name, recognizes, read);

    /// <summary>As in <c>lora</c>.</summary>
    public string Name { get; }

    /// <summary>A method that keeps its settings as <see cref="AdapterConfig"/> does by itself, as one written in a notebook's cell.</summary>
    /// <typeparam name="TConfig">The method's record.</typeparam>
    public static AdapterMethod Of<TConfig>() where TConfig : AdapterConfig, new() => Of(new TConfig());

    /// <summary>The method of a configuration.</summary>
    /// <param name="config">Any configuration of it.</param>
    public static AdapterMethod Of(AdapterConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Own(config.Method, file =>
        {
            var settings = file.Raw(AdapterSettings.SettingsKey) ?? new JsonObject();
            try
            {
                return (AdapterConfig)settings.Deserialize(config.GetType(), Strict)!;
            }
            catch (JsonException error)
            {
                throw new ArgumentException($"'{AdapterSettings.SettingsKey}' must be those of {config.GetType().Name}, but are {settings.ToJsonString()} ({error.Message})", nameof(config), error);
            }
        });
    }

    internal static AdapterMethod Own(string name, Func<ConfigFile, AdapterConfig> read) =>
        new(name, file => file.Raw(AdapterSettings.MethodKey) is JsonValue value && value.TryGetValue<string>(out var method) && method == name, (file, _) => AdapterSettings.Place(read(file), file));

    internal bool Recognizes(ConfigFile file) => recognizes(file);

    /// <exception cref="ArgumentException">A field makes no sense, or asks for something that we do not have.</exception>
    internal AdapterConfig Read(ConfigFile file, Module model) => read(file, model);
}
