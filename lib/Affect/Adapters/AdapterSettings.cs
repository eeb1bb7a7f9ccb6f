namespace Affect.Adapters;

/// <summary>The fields of <c>adapter_config.json</c> that are shared by methods without a published format: name, place, and settings.</summary>
internal static class AdapterSettings
{
    internal const string MethodKey = "affect_method";
    internal const string SettingsKey = "settings";
    private const string TowersKey = "towers";
    private const string HeadsKey = "modules_to_save";

    /// <summary>What a configuration sets beside place and seed, by its properties' names.</summary>
    internal static JsonObject Of(AdapterConfig config) => new(
        config.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null && property.DeclaringType != typeof(AdapterConfig))
            .Select(property => KeyValuePair.Create(property.Name, JsonSerializer.SerializeToNode(property.GetValue(config), property.PropertyType))));

    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(AdapterConfig config, IReadOnlyList<string> heads, params KeyValuePair<string, JsonNode?>[] own) =>
    [
        new(MethodKey, config.Method),
        new(HeadsKey, heads.Count == 0 ? null : Texts(heads)),
        new(TowersKey, new JsonArray([.. config.Towers.Select(tower => (JsonNode)new JsonObject
        {
            ["tower"] = tower.Tower,
            ["modules"] = tower.Modules is null ? null : Texts(tower.Modules),
            ["layers"] = tower.Layers is null ? null : new JsonArray([.. tower.Layers.Select(layer => JsonValue.Create(layer))]),
        })])),
        .. own,
    ];

    /// <summary>Reads the place, and refuses fields that nobody has asked for; to be called last.</summary>
    /// <exception cref="ArgumentException">A field makes no sense.</exception>
    internal static T Place<T>(T config, ConfigFile file) where T : AdapterConfig
    {
        var towers = file.Raw(TowersKey);
        _ = file.Text(MethodKey, "");
        file.RequireKnown(KnownFields.None.Harmless(HeadsKey)); // the file of weights says which there are
        return towers is JsonArray list ? config with { Towers = [.. list.Select(Tower)] } : config;
    }

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static TowerTargets Tower(JsonNode? node)
    {
        if (node is not JsonObject tower) throw new ArgumentException($"'{TowersKey}' must hold objects.", nameof(node));
        if (tower.Select(field => field.Key).FirstOrDefault(name => name is not ("tower" or "modules" or "layers")) is { } unknown)
            throw new ArgumentException($"'{TowersKey}' must hold tower, modules and layers, but holds '{unknown}'.", nameof(node));
        return new TowerTargets
        {
            Tower = tower["tower"] is { } name ? Of<string>(name, "tower") : null,
            Modules = tower["modules"] is { } modules ? [.. List(modules, "modules").Select(module => Of<string>(module, "modules"))] : null,
            Layers = tower["layers"] is { } layers ? [.. List(layers, "layers").Select(layer => Of<int>(layer, "layers"))] : null,
        };

        static JsonArray List(JsonNode node, string field) => node as JsonArray ?? throw new ArgumentException($"'{TowersKey}.{field}' must be a list, but is {node.ToJsonString()}.", nameof(node));

        static T Of<T>(JsonNode? node, string field) => node is JsonValue value && value.TryGetValue<T>(out var found)
            ? found
            : throw new ArgumentException($"'{TowersKey}.{field}' must be {(typeof(T) == typeof(int) ? "whole numbers" : "text")}, but holds {node?.ToJsonString() ?? "null"}.", nameof(node));
    }
}
