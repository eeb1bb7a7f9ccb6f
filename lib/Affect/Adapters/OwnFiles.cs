namespace Affect.Adapters;

/// <summary>
/// Files of methods that PEFT does not have in this form. Bottlenecks after blocks have transformers' names, <c>encoder.layers.N.adapter_layer.*</c>, with an
/// adapter that adds nothing written for the layers that have none, since transformers gives one to every block.
/// </summary>
internal static class OwnFiles
{
    private const string MethodKey = "affect_method";
    private const string WidthKey = "adapter_attn_dim"; // transformers' name for it
    private const string TowersKey = "towers";

    private static readonly Dictionary<string, BottleneckPlacement> Placements = new()
    {
        ["after_block"] = BottleneckPlacement.AfterBlock,
        ["beside_feed_forward"] = BottleneckPlacement.BesideFeedForward,
    };

    internal static IReadOnlyDictionary<string, JsonNode?> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads)
    {
        var fields = new Dictionary<string, JsonNode?>
        {
            [MethodKey] = adapter.Config.Method,
            ["modules_to_save"] = heads.Count == 0 ? null : Texts(heads),
            [TowersKey] = new JsonArray([.. adapter.Config.Towers.Select(tower => (JsonNode)new JsonObject
            {
                ["tower"] = tower.Tower,
                ["modules"] = tower.Modules is null ? null : Texts(tower.Modules),
                ["layers"] = tower.Layers is null ? null : new JsonArray([.. tower.Layers.Select(layer => JsonValue.Create(layer))]),
            })]),
        };
        switch (adapter.Config)
        {
            case BottleneckConfig bottleneck:
                fields[WidthKey] = bottleneck.Width;
                fields["placement"] = Placements.First(known => known.Value == bottleneck.Placement).Key;
                fields["has_norm"] = bottleneck.HasNorm;
                break;
            case PrefixTuningConfig prefix:
                fields["num_virtual_tokens"] = prefix.Length;
                break;
        }
        return fields;
    }

    /// <exception cref="FormatException">A field makes no sense.</exception>
    internal static AdapterConfig Parse(ConfigFile file)
    {
        IReadOnlyList<TowerTargets> towers = file.Raw(TowersKey) is JsonArray list ? [.. list.Select(Tower)] : [new TowerTargets()];
        AdapterConfig config = file.Text(MethodKey, "") switch
        {
            "bottleneck" => new BottleneckConfig
            {
                Towers = towers,
                Width = file.WholeNumber(WidthKey, 64),
                Placement = file.Choice("placement", "after_block", Placements),
                HasNorm = file.Flag("has_norm", missing: true),
            },
            "prefix" => new PrefixTuningConfig { Towers = towers, Length = file.WholeNumber("num_virtual_tokens", 16) },
            "bitfit" => new BitFitConfig { Towers = towers },
            var other => throw new ArgumentException($"'{MethodKey}' must be bottleneck, prefix or bitfit (LoRA, DoRA and IA3 are told by 'peft_type'), but is '{other}'.", nameof(file)),
        };
        file.RequireKnown(KnownFields.None.Harmless("modules_to_save")); // the file of weights says which there are
        return config;
    }

    /// <summary>Adds bottlenecks that add nothing for the blocks that have none.</summary>
    internal static void AddIdentities(InsertedAdapter adapter, Dictionary<string, Tensor> tensors)
    {
        if (!HasSlots(adapter)) return;
        const string mark = "." + BottleneckPart.SlotName + ".";
        var model = adapter.Parameters.First(named => named.Key.Contains(mark, StringComparison.Ordinal)).Key;
        var first = model[..model.IndexOf(mark, StringComparison.Ordinal)];
        var parts = adapter.Parameters.Where(named => named.Key.StartsWith(first + mark, StringComparison.Ordinal)).ToArray();
        foreach (var block in Blocks(adapter).Except(adapter.Targets))
            foreach (var (name, like) in parts)
            {
                var rest = name[first.Length..];
                var value = rest.EndsWith(".norm.weight", StringComparison.Ordinal) ? ones(like.shape, dtype: like.dtype) : zeros(like.shape, dtype: like.dtype);
                tensors.Add(block + rest, value);
            }
    }

    /// <summary>The names of a file; those of blocks without an adapter of ours are passed over.</summary>
    internal static NameMap Map(InsertedAdapter adapter) => HasSlots(adapter)
        ? NameMap.Identity.Ignore([.. Blocks(adapter).Except(adapter.Targets).Select(block => $"{block}.{BottleneckPart.SlotName}.*")])
        : NameMap.Identity;

    private static bool HasSlots(InsertedAdapter adapter) => adapter.Config is BottleneckConfig { Placement: BottleneckPlacement.AfterBlock };

    private static IEnumerable<string> Blocks(InsertedAdapter adapter)
    {
        // Of the adapted towers only: a list of blocks is known by what stands before the number.
        var lists = adapter.Targets.Select(path => path[..path.LastIndexOf('.')]).ToHashSet(StringComparer.Ordinal);
        return adapter.Model.named_modules().Select(named => named.name).Where(path => ModuleFinder.IsBlock(path) && lists.Contains(path[..path.LastIndexOf('.')]));
    }

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

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
