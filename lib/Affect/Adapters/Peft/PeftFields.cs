namespace Affect.Adapters.Peft;

/// <summary>What PEFT's <c>adapter_config.json</c> has for every method: which model, which modules, what else was saved.</summary>
/// <remarks>The fields that PEFT 0.10 writes; those of later versions are read. Layers there are counted from 0.</remarks>
internal static class PeftFields
{
    internal const string Prefix = "base_model.model.";
    private const string TypeKey = "peft_type";
    private const string SavedKey = "modules_to_save";
    private static readonly string[] UsualHeads = ["classifier", "score", "projector", "lm_head", "qa_outputs", "cls"];

    /// <summary>Fields of where the adapter came from and how it was run.</summary>
    internal static readonly KnownFields Notes = KnownFields.None
        .AnyThatIsFalse() // every flag of PEFT turns something on
        .Harmless(
            TypeKey, "auto_mapping", "base_model_name_or_path", "revision", "task_type", "inference_mode", "peft_version", SavedKey, "transformers_version", "library_name",
            "base_model_class", "parent_library")
        .Only("fan_in_fan_out", false);

    internal static bool IsOf(ConfigFile file, string type) => file.Text(TypeKey, "") == type;

    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Common(InsertedAdapter adapter, IReadOnlyList<string> heads, string type, bool byPath)
    {
        var model = adapter.Model.GetType().Name;
        return
        [
            new("auto_mapping", new JsonObject { ["base_model_class"] = model, ["parent_library"] = LibraryOf(model) }),
            new("base_model_name_or_path", ""),
            new("fan_in_fan_out", false),
            new("inference_mode", true),
            new(SavedKey, heads.Count == 0 ? null : AdapterSettings.Texts(heads)),
            new(TypeKey, type),
            new("revision", null),
            new("target_modules", AdapterSettings.Texts(Modules(adapter, byPath))),
            new("task_type", null),
        ];
    }

    /// <summary>What tells the adapted modules from the others: names as they were given, or whole paths.</summary>
    internal static IEnumerable<string> Modules(InsertedAdapter adapter, bool byPath, Func<string, bool>? only = null)
    {
        var paths = adapter.Targets.Where(path => only is null || only(path)).ToArray();
        if (byPath) return paths;
        var names = adapter.Config.Towers[0].Modules ?? adapter.Config.UsualModules;
        return names.Where(name => paths.Any(path => ModuleFinder.Matches(path, name)));
    }

    /// <summary>Reads which modules are meant: as a person would write it where that says the same, names and layers by number; otherwise every module by its path.</summary>
    /// <exception cref="ArgumentException">They match nothing, or a part of the model itself was trained as a whole.</exception>
    internal static T Place<T>(T method, ConfigFile file, Module model) where T : AdapterConfig
    {
        CheckSaved(file, model);
        return method with { Towers = [Tower(new PeftTargets(file), model, method)] };
    }

    /// <summary>Names of the file's <c>target_modules</c> that match nothing in the model, which PEFT allows as long as one matches.</summary>
    internal static IReadOnlyList<string> Unmatched(ConfigFile file, Module model) => new PeftTargets(file).Names is { } names
        ? [.. names.Where(name => !model.named_modules().Any(module => PeftTargets.IsNamed(module.name, name)))]
        : [];

    /// <summary>Heads that the caller has no place for belong to a task of which the encoder knows nothing, as those in a model's own file.</summary>
    internal static NameMap WeightNames(ConfigFile file, IReadOnlyCollection<string> heads)
    {
        var map = NameMap.Identity.WithoutPrefix(Prefix);
        foreach (var model in PeftTargets.Models.Where(model => model.Length > 0)) map = map.WithoutPrefix(model);
        var saved = file.Raw(SavedKey) is JsonArray names ? names.OfType<JsonValue>().Select(name => name.ToString()) : [];
        return map.Ignore([.. UsualHeads.Concat(saved).Distinct(StringComparer.Ordinal).Where(head => !heads.Contains(head)).Select(head => $"{head}.*")]);
    }

    internal static ArgumentException Unknown(string field, string value) =>
        new($"'{field}' is {value}, which this library does not have; save the adapter without it (merged into the base model, for example).", nameof(field));

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
        var plain = fitting.Where(path =>
            known.Any(name => ModuleFinder.Matches(path, name)) && (targets.Layers is null || (ModuleFinder.LayerOf(path) is { } layer && targets.Layers.Contains(layer))));
        return plain.SequenceEqual(meant) ? new TowerTargets { Modules = known, Layers = targets.Layers } : new TowerTargets { Modules = meant };
    }

    // Heads travel with the adapter; a part of the model itself that was trained as a whole would take the place of ours.
    private static void CheckSaved(ConfigFile file, Module model)
    {
        var (saved, single) = PeftTargets.NamesOrExpression(file, SavedKey);
        var own = (saved ?? (single is null ? [] : [single])).Where(name => model.named_modules().Any(module => PeftTargets.IsNamed(module.name, name))).ToArray();
        if (own.Length > 0) throw Unknown(SavedKey, $"{string.Join(", ", own.Select(name => $"'{name}'"))}, a part of the model itself that was trained whole");
    }

    private static string LibraryOf(string model) => model switch
    {
        "HubertModel" => "transformers.models.hubert.modeling_hubert",
        "CLIPModel" => "transformers.models.clip.modeling_clip",
        "BertModel" => "transformers.models.bert.modeling_bert",
        _ => "",
    };
}
