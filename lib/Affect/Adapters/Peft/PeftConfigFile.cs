namespace Affect.Adapters.Peft;

/// <summary>PEFT's <c>adapter_config.json</c> for LoRA, DoRA and IA3.</summary>
/// <remarks>The fields that PEFT 0.10 writes; those of later versions are read. Layers there are counted from 0, and IA3 has none: its modules are then named by their whole paths.</remarks>
internal static class PeftConfigFile
{
    // Where the adapter came from and how it was run; dropout is of training, and LoRA here has none.
    private static readonly KnownFields Notes = KnownFields.None
        .AnyThatIsFalse() // every flag of PEFT turns something on
        .Harmless("peft_type", "auto_mapping", "base_model_name_or_path", "revision", "task_type", "inference_mode", "peft_version", "modules_to_save", "transformers_version", "library_name", "base_model_class", "parent_library")
        .Only("fan_in_fan_out", false);

    private static readonly KnownFields Ia3Others = Notes.Harmless("init_ia3_weights", "layers_to_transform", "layers_pattern");

    // The settings of ways to initialise matter only with those ways, which 'init_lora_weights' names.
    private static readonly KnownFields LoraOthers = Notes
        .Harmless("lora_dropout", "megatron_core", "loftq_config", "eva_config", "corda_config", "lora_ga_config", "runtime_config", "qalora_group_size", "ensure_weight_tying", "init_lora_weights")
        .Only("lora_bias", false)
        .Only("use_qalora", false);

    internal static IReadOnlyDictionary<string, JsonNode?> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads)
    {
        var fields = new Dictionary<string, JsonNode?>
        {
            ["auto_mapping"] = new JsonObject { ["base_model_class"] = adapter.Model.GetType().Name, ["parent_library"] = Library(adapter.Model.GetType().Name) },
            ["base_model_name_or_path"] = "",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["modules_to_save"] = heads.Count == 0 ? null : Texts(heads),
            ["revision"] = null,
            ["task_type"] = null,
        };
        switch (adapter.Config)
        {
            case Ia3Config ia3:
                fields["peft_type"] = "IA3";
                fields["init_ia3_weights"] = true;
                fields["target_modules"] = Texts(Modules(adapter, byPath: ia3.Towers.Any(tower => tower.Layers is not null)));
                fields["feedforward_modules"] = Texts(Modules(adapter, byPath: ia3.Towers.Any(tower => tower.Layers is not null), ia3.IsFeedForward));
                break;
            case LoraConfig lora:
                AddLora(fields, adapter, lora.Rank, lora.Alpha, lora.RankStabilised, lora.Initialisation, isDora: false);
                break;
            case DoraConfig dora:
                AddLora(fields, adapter, dora.Rank, dora.Alpha, dora.RankStabilised, dora.Initialisation, isDora: true);
                break;
        }
        return fields;
    }

    /// <param name="file">The file.</param>
    /// <param name="model">The model that the adapter is to go into.</param>
    /// <exception cref="ArgumentException">The file asks for something that we do not have.</exception>
    /// <exception cref="FormatException">A field is of the wrong kind, or one that is not known.</exception>
    internal static AdapterConfig Parse(ConfigFile file, Module model)
    {
        var type = file.Text("peft_type", "");
        if (type is not ("LORA" or "IA3")) throw new ArgumentException($"'peft_type' must be LORA or IA3, but is '{type}'.", nameof(file));
        CheckSaved(file, model);
        var targets = new PeftTargets(file);
        if (type == "IA3")
        {
            var forward = file.Raw("feedforward_modules") is null ? null : ForwardTargets(file);
            var ia3 = new Ia3Config { Towers = [Tower(targets, model, new Ia3Config())] };
            ia3 = ia3 with { FeedForwardModules = forward is null ? [] : forward(ia3, model) };
            file.RequireKnown(Ia3Others);
            return ia3;
        }
        if (file.Text("bias", "none") is not "none" and var bias) throw Unknown("bias", bias);
        foreach (var name in new[] { "rank_pattern", "alpha_pattern" })
            if (file.Raw(name) is { } pattern and not JsonObject { Count: 0 }) throw Unknown(name, pattern.ToJsonString());
        var start = Initialisation(file);
        var (rank, alpha, stabilised, isDora) = (file.WholeNumber("r", 8), file.Number("lora_alpha", 8), file.Flag("use_rslora", missing: false), file.Flag("use_dora", missing: false));
        file.RequireKnown(LoraOthers);
        IReadOnlyList<TowerTargets> towers = [Tower(targets, model, new LoraConfig())];
        return isDora
            ? new DoraConfig { Towers = towers, Rank = rank, Alpha = alpha, RankStabilised = stabilised, Initialisation = start }
            : new LoraConfig { Towers = towers, Rank = rank, Alpha = alpha, RankStabilised = stabilised, Initialisation = start };
    }

    /// <summary>Names of the file's <c>target_modules</c> that match nothing in the model, which PEFT allows as long as one matches.</summary>
    internal static IReadOnlyList<string> Unmatched(ConfigFile file, Module model) => new PeftTargets(file).Names is { } names
        ? [.. names.Where(name => !model.named_modules().Any(module => PeftTargets.IsNamed(module.name, name)))]
        : [];

    // As a person would write it where that says the same: names, and layers by number. Otherwise every module by its path.
    private static TowerTargets Tower(PeftTargets targets, Module model, AdapterConfig method)
    {
        var fitting = model.named_modules().Where(module => method.Fits(module.name, module.module)).Select(module => module.name).ToArray();
        var meant = fitting.Where(targets.Matches).ToArray();
        if (meant.Length == 0 && targets.Names is { } none)
        {
            var missing = none.Where(name => !fitting.Any(path => PeftTargets.IsNamed(path, name))).ToArray();
            throw new ArgumentException(
                missing.Length > 0
                    ? $"'target_modules' must be modules of the model that {method.Method} can go into, but {string.Join(", ", missing.Select(name => $"'{name}'"))} match{(missing.Length == 1 ? "es" : "")} nothing."
                    : "'target_modules', 'exclude_modules' and 'layers_to_transform' must leave a module of the model, but leave none.",
                nameof(targets));
        }
        if (meant.Length == 0) throw new ArgumentException("'target_modules' must match a module of the model, but matches nothing.", nameof(targets));
        if (targets.Names is not { } names || targets.Excludes) return new TowerTargets { Modules = meant };
        string[] known = [.. names.Where(name => fitting.Any(path => ModuleFinder.Matches(path, name)))];
        if (known.Length == 0) return new TowerTargets { Modules = meant };
        var plain = fitting.Where(path => known.Any(name => ModuleFinder.Matches(path, name)) && (targets.Layers is null || (ModuleFinder.LayerOf(path) is { } layer && targets.Layers.Contains(layer))));
        return plain.SequenceEqual(meant) ? new TowerTargets { Modules = known, Layers = targets.Layers } : new TowerTargets { Modules = meant };
    }

    private static Func<Ia3Config, Module, IReadOnlyList<string>> ForwardTargets(ConfigFile file)
    {
        var (names, text) = PeftTargets.NamesOrExpression(file, "feedforward_modules");
        if (names is not null) return (_, _) => names;
        var expression = PeftTargets.Whole(text ?? "", "feedforward_modules");
        return (config, model) => [.. model.named_modules().Select(module => module.name).Where(path => PeftTargets.Models.Any(prefix => expression.IsMatch(prefix + path)))];
    }

    // Heads travel with the adapter; a part of the model itself that was trained as a whole would take the place of ours.
    private static void CheckSaved(ConfigFile file, Module model)
    {
        var (saved, single) = PeftTargets.NamesOrExpression(file, "modules_to_save");
        var own = (saved ?? (single is null ? [] : [single])).Where(name => model.named_modules().Any(module => PeftTargets.IsNamed(module.name, name))).ToArray();
        if (own.Length > 0) throw Unknown("modules_to_save", $"{string.Join(", ", own.Select(name => $"'{name}'"))}, a part of the model itself that was trained whole");
    }

    private static LoraInitialisation Initialisation(ConfigFile file) => file.Raw("init_lora_weights") switch
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

    private static void AddLora(Dictionary<string, JsonNode?> fields, InsertedAdapter adapter, int rank, double alpha, bool isStabilised, LoraInitialisation start, bool isDora)
    {
        // One tower, the whole model: layers by number, as a person would write it. Otherwise every module by its path.
        var layers = adapter.Config.Towers is [{ Tower: null } only] ? only.Layers : null;
        var byPath = adapter.Config.Towers is not [{ Tower: null }];
        fields["alpha_pattern"] = new JsonObject();
        fields["bias"] = "none";
        fields["init_lora_weights"] = start == LoraInitialisation.Standard ? true : start.ToString().ToLowerInvariant();
        fields["layer_replication"] = null;
        fields["layers_pattern"] = layers is null ? null : ListName(adapter);
        fields["layers_to_transform"] = layers is null ? null : new JsonArray([.. layers.Select(layer => JsonValue.Create(layer - 1))]);
        fields["loftq_config"] = new JsonObject();
        fields["lora_alpha"] = alpha == Math.Floor(alpha) ? JsonValue.Create((long)alpha) : ConfigFile.Real(alpha);
        fields["lora_dropout"] = ConfigFile.Real(0);
        fields["megatron_config"] = null;
        fields["megatron_core"] = "megatron.core";
        fields["peft_type"] = "LORA";
        fields["r"] = rank;
        fields["rank_pattern"] = new JsonObject();
        fields["target_modules"] = Texts(Modules(adapter, byPath));
        fields["use_dora"] = isDora;
        fields["use_rslora"] = isStabilised;
    }

    // What tells the adapted modules from the others: names as they were given, or whole paths.
    private static IEnumerable<string> Modules(InsertedAdapter adapter, bool byPath, Func<string, bool>? only = null)
    {
        var paths = adapter.Targets.Where(path => only is null || only(path)).ToArray();
        if (byPath) return paths;
        var names = adapter.Config.Towers[0].Modules ?? adapter.Config.UsualModules;
        return names.Where(name => paths.Any(path => ModuleFinder.Matches(path, name)));
    }

    private static string ListName(InsertedAdapter adapter)
    {
        var parts = adapter.Targets.First(path => ModuleFinder.LayerOf(path) is not null).Split('.');
        return parts[Array.FindIndex(parts, part => part.All(char.IsAsciiDigit)) - 1];
    }

    private static string Library(string model) => model switch
    {
        "HubertModel" => "transformers.models.hubert.modeling_hubert",
        "CLIPModel" => "transformers.models.clip.modeling_clip",
        "BertModel" => "transformers.models.bert.modeling_bert",
        _ => "",
    };

    private static ArgumentException Unknown(string field, string value) =>
        new($"'{field}' is {value}, which this library does not have; save the adapter without it (merged into the base model, for example).", nameof(field));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
