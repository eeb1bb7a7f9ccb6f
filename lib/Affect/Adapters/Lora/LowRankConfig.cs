namespace Affect.Adapters.Lora;

/// <summary>What LoRA and DoRA share: two thin factors beside a frozen linear map, and PEFT's file for them (<c>peft_type: LORA</c>).</summary>
public abstract record LowRankConfig : PeftConfig
{
    private const string Type = "LORA";

    // The settings of ways to initialise matter only with those ways, which 'init_lora_weights' names.
    private static readonly KnownFields Others = PeftFields.Notes
        .Harmless(
            "lora_dropout", "megatron_core", "loftq_config", "eva_config", "corda_config", "lora_ga_config", "runtime_config", "qalora_group_size", "ensure_weight_tying", "init_lora_weights")
        .Only("lora_bias", false)
        .Only("use_qalora", false);

    /// <summary>r, the inner size of B·A; at least 1.</summary>
    public int Rank { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>α; the update is scaled by α / r, rank-stabilised by α / √r.</summary>
    public double Alpha { get; init => field = Require.AtLeast(0.0, value); } = 16;

    /// <summary>Whether the scale is α / √r, which keeps large ranks from learning slower (Kalajdzievski, <em>rsLoRA</em>, arXiv:2312.03732).</summary>
    public bool RankStabilised { get; init; }

    /// <summary>What the factors are at the start (<c>init_lora_weights</c>).</summary>
    public LoraInitialisation Initialisation { get; init; }

    /// <summary>What the update is multiplied by.</summary>
    public double Scale => RankStabilised ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    /// <summary>The query and value projections (arXiv:2106.09685, section 7.1), under the names of several families of models.</summary>
    public override IReadOnlyList<string> UsualModules => ["q_proj", "v_proj", "query", "value"];

    private protected abstract bool IsDora { get; }

    /// <inheritdoc/>
    public override bool Fits(string path, Module module) => module is LinearMap;

    /// <inheritdoc/>
    protected internal override IEnumerable<KeyValuePair<string, JsonNode?>> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        // One tower, the whole model: layers by number, as a person would write it. Otherwise every module by its path.
        var layers = Towers is [{ Tower: null } only] ? only.Layers : null;
        return
        [
            .. PeftFields.Common(adapter, heads, Type, byPath: Towers is not [{ Tower: null }]),
            new("alpha_pattern", new JsonObject()),
            new("bias", "none"),
            new("init_lora_weights", Initialisation == LoraInitialisation.Standard ? true : Initialisation.ToString().ToLowerInvariant()),
            new("layer_replication", null),
            new("layers_pattern", layers is null ? null : ListName(adapter)),
            new("layers_to_transform", layers is null ? null : new JsonArray([.. layers.Select(layer => JsonValue.Create(layer - 1))])),
            new("loftq_config", new JsonObject()),
            new("lora_alpha", Alpha == Math.Floor(Alpha) ? JsonValue.Create((long)Alpha) : ConfigFile.Real(Alpha)),
            new("lora_dropout", ConfigFile.Real(0)),
            new("megatron_config", null),
            new("megatron_core", "megatron.core"),
            new("r", Rank),
            new("rank_pattern", new JsonObject()),
            new("use_dora", IsDora),
            new("use_rslora", RankStabilised),
        ];
    }

    /// <summary>How PEFT's file of one of the two is read.</summary>
    private protected static AdapterMethod MethodOf<T>(T method) where T : LowRankConfig =>
        new(method.Method, file => PeftFields.IsOf(file, Type) && file.Flag("use_dora", missing: false) == method.IsDora, (file, model) => Read(method, file, model));

    /// <summary>Rank, scale and start in words, behind the method's name.</summary>
    private protected string Sizes(string title, string more = "") => string.Create(
        CultureInfo.InvariantCulture, $"{title} of rank {Rank}, alpha {Alpha}{more}{(Initialisation == LoraInitialisation.Standard ? "" : $", {Initialisation}")}");

    private static T Read<T>(T method, ConfigFile file, Module model) where T : LowRankConfig
    {
        var placed = PeftFields.Place(method, file, model);
        if (file.Text("bias", "none") is not "none" and var bias) throw PeftFields.Unknown("bias", bias);
        foreach (var name in new[] { "rank_pattern", "alpha_pattern" })
            if (file.Raw(name) is { } pattern and not JsonObject { Count: 0 }) throw PeftFields.Unknown(name, pattern.ToJsonString());
        var config = placed with
        {
            Rank = file.WholeNumber("r", 8),
            Alpha = file.Number("lora_alpha", 8),
            RankStabilised = file.Flag("use_rslora", missing: false),
            Initialisation = InitialisationOf(file),
        };
        file.RequireKnown(Others);
        return config;
    }

    private static LoraInitialisation InitialisationOf(ConfigFile file) => file.Raw("init_lora_weights") switch
    {
        null => LoraInitialisation.Standard,
        JsonValue value when value.TryGetValue<bool>(out _) => LoraInitialisation.Standard,
        JsonValue value when value.TryGetValue<string>(out var text) => text.ToLowerInvariant() switch
        {
            // What the factors begin with does not matter where they are read from a file and the weight is left as it is.
            "true" or "false" or "gaussian" or "eva" or "orthogonal" => LoraInitialisation.Standard,
            "pissa" => LoraInitialisation.Pissa,
            "olora" => LoraInitialisation.Olora,
            var other => throw new ArgumentException(
                $"'init_lora_weights' is '{other}', which changes the base model's own weights in a way that cannot be computed anew from the file; in PEFT, save the adapter as a plain one with "
                + "save_pretrained(..., path_initial_model_for_weight_conversion=...), or merge it into the model.", nameof(file)),
        },
        var other => throw new ArgumentException($"'init_lora_weights' must be true, false or a text, but is {other.ToJsonString()}.", nameof(file)),
    };

    private static string ListName(InsertedAdapter adapter)
    {
        var parts = adapter.Targets.First(path => ModuleFinder.LayerOf(path) is not null).Split('.');
        return parts[Array.FindIndex(parts, part => part.All(char.IsAsciiDigit)) - 1];
    }
}
