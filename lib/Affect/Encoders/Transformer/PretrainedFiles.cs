
namespace Affect.Encoders.Transformer;

/// <summary>What every pretrained network goes through between its file and its use.</summary>
internal static class PretrainedFiles
{
    internal const string ConfigName = "config.json";
    internal const string PreprocessorName = "preprocessor_config.json";
    internal const string WeightsName = "model.safetensors";

    /// <summary>A hash of configuration and weights, hexadecimal.</summary>
    /// <param name="model">The network.</param>
    /// <param name="canonical">All settings that its output depends on, as one text.</param>
    internal static string Fingerprint(Module model, string canonical)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(canonical + "\n"));
        foreach (var (name, value) in model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {value.dtype} [{string.Join(", ", value.shape)}]\n"));
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Linear maps and convolutions in another number format; norms and embeddings keep float32 where it is narrower than that.</summary>
    internal static void ChangeFormat(Module model, ScalarType type)
    {
        if (type is not (ScalarType.BFloat16 or ScalarType.Float16))
        {
            model.to(type);
            return;
        }
        foreach (var (_, module) in model.named_modules())
            if (module is LinearMap or TorchSharp.Modules.Conv1d or TorchSharp.Modules.Conv2d) module.to(type);
    }

    /// <summary>Moves a network to a device, freezes it and puts it into evaluation mode.</summary>
    internal static T Freeze<T>(T model, Device? device)
        where T : Module
    {
        if (device is not null) model.to(device);
        model.eval();
        foreach (var parameter in model.parameters()) parameter.requires_grad = false;
        return model;
    }

    /// <summary>The name of a folder, which becomes the model's.</summary>
    internal static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
