using Affect.Adapters.Dora;
using Affect.Adapters.Ia3;
using Affect.Adapters.Lora;
using Affect.Adapters.Peft;
using Affect.Checkpoints;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Affect.Adapters;

/// <summary>An adapter's folder: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
internal static class AdapterFiles
{
    internal const string ConfigName = "adapter_config.json";
    internal const string WeightsName = "adapter_model.safetensors";
    internal const string PeftPrefix = "base_model.model.";
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
        var config = file.Build(isPeft ? PeftConfigFile.Parse : (Func<ConfigFile, AdapterConfig>)OwnFiles.Parse);
        using var checkpoint = SafetensorsFile.Open(Path.Combine(folder, WeightsName));
        CheckBase(model, checkpoint, trusting);
        var adapter = Insert(model, config, path);
        try
        {
            var map = isPeft ? NameMap.Identity.WithoutPrefix(PeftPrefix).WithoutPrefix("hubert.").WithoutPrefix("bert.").WithoutPrefix("roberta.") : OwnFiles.Map(adapter);
            WeightLoader.Load(Targets(adapter, heads), checkpoint, map);
            return adapter;
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
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
