using System.Text.Json.Nodes;
using Affect.Adapters.Dora;
using Affect.Adapters.Ia3;
using Affect.Adapters.Lora;
using Affect.Checkpoints;

namespace Affect.Adapters.Peft;

/// <summary>PEFT's <c>adapter_config.json</c> for LoRA, DoRA and IA3.</summary>
/// <remarks>The fields that PEFT 0.10 writes. Layers there are counted from 0, and IA3 has none: its modules are then named by their whole paths.</remarks>
internal static class PeftConfigFile
{
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
                AddLora(fields, adapter, lora.Rank, lora.Alpha, lora.RankStabilised, isDora: false);
                break;
            case DoraConfig dora:
                AddLora(fields, adapter, dora.Rank, dora.Alpha, dora.RankStabilised, isDora: true);
                break;
        }
        return fields;
    }

    /// <exception cref="ArgumentException">The file asks for something that we do not have.</exception>
    internal static AdapterConfig Parse(ConfigFile file)
    {
        var type = file.Text("peft_type", "");
        if (type is not ("LORA" or "IA3")) throw new ArgumentException($"'peft_type' must be LORA or IA3, but is '{type}'.", nameof(file));
        if (file.Flag("fan_in_fan_out", missing: false)) throw Unknown("fan_in_fan_out", "true");
        var modules = file.Raw("target_modules") is JsonArray list
            ? list.Select(module => module!.GetValue<string>()).ToArray()
            : throw new ArgumentException($"'target_modules' must be a list of names, but is {file.Raw("target_modules")?.ToJsonString() ?? "missing"}.", nameof(file));
        if (type == "IA3")
        {
            return new Ia3Config
            {
                Towers = [new TowerTargets { Modules = modules }],
                FeedForwardModules = file.Raw("feedforward_modules") is JsonArray forward ? [.. forward.Select(module => module!.GetValue<string>())] : [],
            };
        }
        if (file.Text("bias", "none") is not "none" and var bias) throw Unknown("bias", bias);
        foreach (var name in new[] { "rank_pattern", "alpha_pattern" })
            if (file.Raw(name) is JsonObject { Count: > 0 } pattern) throw Unknown(name, pattern.ToJsonString());
        if (file.Raw("layer_replication") is { } replication) throw Unknown("layer_replication", replication.ToJsonString());
        IReadOnlyList<TowerTargets> towers = [new TowerTargets { Modules = modules, Layers = Layers(file.Raw("layers_to_transform")) }];
        var (rank, alpha, stabilised) = (file.WholeNumber("r", 8), file.Number("lora_alpha", 8), file.Flag("use_rslora", missing: false));
        return file.Flag("use_dora", missing: false)
            ? new DoraConfig { Towers = towers, Rank = rank, Alpha = alpha, RankStabilised = stabilised }
            : new LoraConfig { Towers = towers, Rank = rank, Alpha = alpha, RankStabilised = stabilised };
    }

    private static void AddLora(Dictionary<string, JsonNode?> fields, InsertedAdapter adapter, int rank, double alpha, bool isStabilised, bool isDora)
    {
        // One tower, the whole model: layers by number, as a person would write it. Otherwise every module by its path.
        var layers = adapter.Config.Towers is [{ Tower: null } only] ? only.Layers : null;
        var byPath = adapter.Config.Towers is not [{ Tower: null }];
        fields["alpha_pattern"] = new JsonObject();
        fields["bias"] = "none";
        fields["init_lora_weights"] = true;
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

    private static int[]? Layers(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => [.. list.Select(layer => layer!.GetValue<int>() + 1)],
        _ => [node.GetValue<int>() + 1],
    };

    private static string Library(string model) => model switch
    {
        "HubertModel" => "transformers.models.hubert.modeling_hubert",
        "ClipModel" => "transformers.models.clip.modeling_clip",
        "BertModel" => "transformers.models.bert.modeling_bert",
        _ => "",
    };

    private static ArgumentException Unknown(string field, string value) =>
        new($"'{field}' is {value}, which this library does not have; save the adapter without it (merged into the base model, for example).", nameof(field));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
