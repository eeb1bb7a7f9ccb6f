namespace Affect.Encoders;

/// <summary>A folder of Hugging Face's layout: how every pretrained network is opened, made without it, saved, and told from others.</summary>
public static class PretrainedFolder
{
    internal const string ConfigName = "config.json";
    internal const string PreprocessorName = "preprocessor_config.json";
    private const string WeightsName = "model.safetensors";

    /// <summary>Loads a network from a folder; it is frozen and in evaluation mode then.</summary>
    /// <param name="folder">Holds <c>config.json</c>, the weights and what the network's own documentation names.</param>
    /// <param name="weights">A weights file to read instead of the folder's own; null: the folder's.</param>
    /// <param name="names">What the file calls the network's weights.</param>
    /// <param name="build">Makes the network; it is given the checkpoint, whose names tell which optional parts there are.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions, float32 or bfloat16 (norms and embeddings stay float32); null: float32.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, of another model, or the weights do not fit <c>config.json</c>.</exception>
    public static TModel Open<TModel>(
        string folder, string? weights, NameMap names, Func<Checkpoint, TModel> build, Device? device = null, ScalarType? dtype = null)
        where TModel : Module
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(build);
        using var checkpoint = Checkpoint.Open(weights ?? folder);
        var model = build(checkpoint);
        try
        {
            ChangeFormat(model, dtype);
            WeightLoader.Load(model.state_dict(), checkpoint, names);
            return Freeze(model, device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Draws a network's initial weights; it is frozen and in evaluation mode then.</summary>
    /// <param name="model">The network.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="draw">Sets the weights, without gradients.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions; null: float32.</param>
    public static TModel Fresh<TModel>(TModel model, int seed, Action<Generator> draw, Device? device = null, ScalarType? dtype = null)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(draw);
        using (NewDisposeScope()) // an embedding gives its weight anew each time
        using (no_grad())
        using (var generator = new Generator((ulong)seed)) draw(generator);
        ChangeFormat(model, dtype);
        return Freeze(model, device);
    }

    /// <summary>Writes a network's weights as transformers reads them.</summary>
    /// <param name="model">The network.</param>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="dtype">The number format of the weights in the file; null: the network's own.</param>
    /// <exception cref="IOException">A file cannot be written; what was there before is unchanged.</exception>
    public static void Save(Module model, string folder, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var scope = NewDisposeScope();
        var weights = model.state_dict().ToDictionary(pair => pair.Key, pair => dtype is { } type ? pair.Value.detach().to(type) : pair.Value);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), weights, new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>A hash of configuration and weights, hexadecimal.</summary>
    /// <param name="model">The network.</param>
    /// <param name="canonical">All settings that its output depends on, as one text.</param>
    /// <param name="unused">A weight that plays no part in encoding; null: none.</param>
    public static string Fingerprint(Module model, string canonical, string? unused = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(canonical + "\n"));
        foreach (var (name, value) in model.state_dict().Where(pair => pair.Key != unused).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {value.dtype} [{string.Join(", ", value.shape)}]\n"));
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The path of a folder's <c>config.json</c>.</summary>
    internal static string Config(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Path.Combine(folder, ConfigName);
    }

    /// <summary>The name of a folder, which becomes the model's.</summary>
    internal static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>The <c>model_type</c> that a folder's <c>config.json</c> names; null: there is no such file.</summary>
    internal static string? TypeOf(string folder) => Config(folder) is var path && File.Exists(path) ? ConfigFile.Open(path).Text("model_type", "") : null;

    /// <summary>Whether a checkpoint holds the map behind the first token's state, which not every one has.</summary>
    internal static bool HasPooler(Checkpoint checkpoint) =>
        checkpoint.Entries.Keys.Any(name => name.EndsWith("pooler.dense.weight", StringComparison.Ordinal));

    /// <summary>Draws the weights of linear maps and convolutions from a normal distribution, in the model's own order, and sets their biases to 0.</summary>
    /// <param name="model">The network.</param>
    /// <param name="generator">Where the numbers come from.</param>
    /// <param name="deviation">The spread by the module's path and weight; null: the module is left alone.</param>
    internal static void Draw(Module model, Generator generator, Func<string, Parameter, double?> deviation)
    {
        foreach (var (name, module) in model.named_modules())
        {
            var (weight, bias) = module switch
            {
                LinearMap linear => (linear.weight, linear.bias),
                Conv1d conv => (conv.weight, conv.bias),
                Conv2d conv => (conv.weight, conv.bias),
                _ => default,
            };
            if (weight is null || deviation(name, weight) is not { } spread) continue;
            weight.normal_(0, spread, generator);
            bias?.Clear();
        }
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

    /// <summary>Another number format; where it is narrower than float32, norms, embeddings and single parameters keep theirs.</summary>
    internal static void ChangeFormat(Module model, ScalarType? dtype)
    {
        if (dtype is not { } type) return;
        if (type is not (ScalarType.BFloat16 or ScalarType.Float16))
        {
            model.to(type);
            return;
        }
        foreach (var (_, module) in model.named_modules())
            if (!module.children().Any() && !IsWide(module)) module.to(type);
    }

    private static bool IsWide(Module module) =>
        module is TorchSharp.Modules.LayerNorm or TorchSharp.Modules.GroupNorm or TorchSharp.Modules.BatchNorm1d or TorchSharp.Modules.Embedding;
}
