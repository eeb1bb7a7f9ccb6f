namespace Affect.Adapters;

/// <summary>An adapter's folder: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
internal static class AdapterFiles
{
    internal const string ConfigName = "adapter_config.json";
    internal const string WeightsName = "adapter_model.safetensors";
    private const string PickledWeightsName = "adapter_model.bin";
    internal const string PeftPrefix = "base_model.model.";
    private static readonly string[] UsualHeads = ["classifier", "score", "projector", "lm_head", "qa_outputs", "cls"];
    private const string FingerprintKey = "base_fingerprint";

    internal static void Save(InsertedAdapter adapter, string folder, IReadOnlyDictionary<string, Module> heads)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var scope = NewDisposeScope();
        var isPeft = adapter.Config is LoraConfig or DoraConfig or Ia3Config;
        var prefix = isPeft ? PeftPrefix : "";
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, value) in Targets(adapter, heads)) tensors.Add(prefix + name, value);
        if (!isPeft) OwnFiles.AddIdentities(adapter, tensors);
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [FingerprintKey] = BaseWeights.Fingerprint(adapter.Model) };
        // The configuration comes last: a folder that has one is complete.
        var config = Path.Combine(folder, ConfigName);
        Directory.CreateDirectory(folder);
        File.Delete(config);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), tensors, metadata);
        ConfigFile.Write(config, isPeft ? PeftConfigFile.Fields(adapter, [.. heads.Keys]) : OwnFiles.Fields(adapter, [.. heads.Keys]));
    }

    internal static InsertedAdapter Load(Module model, string folder, IReadOnlyDictionary<string, Module> heads, bool trusting)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, ConfigName);
        var file = ConfigFile.Open(path);
        var isPeft = file.Names.Contains("peft_type");
        var config = file.Build(isPeft ? own => PeftConfigFile.Parse(own, model) : (Func<ConfigFile, AdapterConfig>)OwnFiles.Parse);
        using var checkpoint = OpenWeights(folder);
        CheckBase(model, checkpoint, trusting);
        var adapter = Insert(model, config, path);
        try
        {
            WeightLoader.Load(Targets(adapter, heads), checkpoint, isPeft ? PeftMap(file, heads) : OwnFiles.Map(adapter));
            return adapter;
        }
        catch (FormatException error) when (isPeft && PeftConfigFile.Unmatched(file, model) is { Count: > 0 } unmatched)
        {
            adapter.Dispose();
            throw new FormatException($"{error.Message} Of the 'target_modules' in {path}, {string.Join(", ", unmatched.Select(name => $"'{name}'"))} matches nothing in the model.", error);
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    private static Checkpoint OpenWeights(string folder)
    {
        var found = new[] { WeightsName, PickledWeightsName }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return found is not null
            ? Checkpoint.Open(found)
            : throw new FileNotFoundException($"{folder} holds no weights of an adapter; expected one of {WeightsName}, {PickledWeightsName}.", Path.Combine(folder, WeightsName));
    }

    // Heads that the caller has no place for belong to a task of which the encoder knows nothing, as those in a model's own file.
    private static NameMap PeftMap(ConfigFile file, IReadOnlyDictionary<string, Module> heads)
    {
        var map = NameMap.Identity.WithoutPrefix(PeftPrefix);
        foreach (var model in PeftTargets.Models.Where(model => model.Length > 0)) map = map.WithoutPrefix(model);
        var saved = file.Raw("modules_to_save") is JsonArray names ? names.OfType<JsonValue>().Select(name => name.ToString()) : [];
        return map.Ignore([.. UsualHeads.Concat(saved).Distinct(StringComparer.Ordinal).Where(head => !heads.ContainsKey(head)).Select(head => $"{head}.*")]);
    }

    private static InsertedAdapter Insert(Module model, AdapterConfig config, string path)
    {
        try
        {
            return config.InsertInto(model);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{path} is of an adapter for another model: {error.Message}", error);
        }
    }

    private static void CheckBase(Module model, Checkpoint checkpoint, bool trusting)
    {
        if (trusting || !checkpoint.Metadata.TryGetValue(FingerprintKey, out var theirs)) return; // PEFT's own files do not say
        var ours = BaseWeights.Fingerprint(model);
        if (theirs == ours) return;
        throw new FormatException(
            $"{checkpoint.Path} was made on a model with other weights (fingerprint {theirs[..Math.Min(12, theirs.Length)]}, but this one has {ours[..12]}); load that model, or say that the file is to be trusted.");
    }

    private static Dictionary<string, Tensor> Targets(InsertedAdapter adapter, IReadOnlyDictionary<string, Module> heads)
    {
        var targets = adapter.Parameters.ToDictionary(named => named.Key, named => (Tensor)named.Value, StringComparer.Ordinal);
        foreach (var (head, module) in heads)
            foreach (var (name, value) in module.state_dict()) targets.Add($"{head}.{name}", value);
        return targets;
    }
}
