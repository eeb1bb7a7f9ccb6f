namespace Affect.Adapters.Files;

/// <summary>An adapter's folder, read: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> or <c>adapter_model.bin</c>.</summary>
public static class SavedAdapter
{
    /// <summary>The methods that a file is tried for. One written elsewhere is given to <see cref="Load"/> beside these.</summary>
    public static IReadOnlyList<AdapterMethod> Methods { get; } = [LoraConfig.File, DoraConfig.File, Ia3Config.File, BottleneckConfig.File, PrefixTuningConfig.File, BitFitConfig.File];

    /// <summary>Reads an adapter from its folder and inserts it.</summary>
    /// <param name="model">The model it was made for.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="heads">Modules to load beside it, by name; heads that the file holds besides are left aside.</param>
    /// <param name="trusting">Whether a file made on a model of other weights is taken all the same, if the shapes fit.</param>
    /// <param name="methods">Methods that the library does not have, as <c>AdapterMethod.Of&lt;MyConfig&gt;()</c>.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, or of an adapter for another model; nothing is inserted.</exception>
    public static InsertedAdapter Load(
        Module model, string folder, IReadOnlyDictionary<string, Module>? heads = null, bool trusting = false, IReadOnlyList<AdapterMethod>? methods = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        heads ??= new Dictionary<string, Module>();
        AdapterMethod[] known = [.. Methods, .. methods ?? []];
        var path = Path.Combine(folder, InsertedAdapter.ConfigName);
        var file = ConfigFile.Open(path);
        var config = file.Build(own => (known.FirstOrDefault(method => method.Recognizes(own)) ?? throw Unknown(own, known)).Read(own, model));
        using var checkpoint = OpenWeights(folder);
        CheckBase(model, checkpoint, trusting);
        var adapter = Insert(model, config, path);
        try
        {
            WeightLoader.Load(adapter.SavedTensors(heads), checkpoint, config.WeightNames(adapter, file, [.. heads.Keys]));
            return adapter;
        }
        catch (FormatException error) when (config.ExplainMisfit(file, model) is { } more)
        {
            adapter.Dispose();
            throw new FormatException($"{error.Message} {more} ({path})", error);
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    private static ArgumentException Unknown(ConfigFile file, IReadOnlyList<AdapterMethod> known) => file.Has("peft_type")
        ? new ArgumentException($"'peft_type' must be LORA or IA3, but is '{file.Text("peft_type", "")}'.", nameof(file))
        : new ArgumentException(
            $"'{AdapterSettings.MethodKey}' must be one of {string.Join(", ", known.Select(method => method.Name))}, but is '{file.Text(AdapterSettings.MethodKey, "")}'; "
            + "a method of your own is given to Load, as AdapterMethod.Of<MyConfig>().", nameof(file));

    private static Checkpoint OpenWeights(string folder)
    {
        string[] names = [InsertedAdapter.WeightsName, "adapter_model.bin"];
        var found = names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return found is not null
            ? Checkpoint.Open(found)
            : throw new FileNotFoundException($"{folder} holds no weights of an adapter; expected one of {string.Join(", ", names)}.", Path.Combine(folder, names[0]));
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
        if (trusting || !checkpoint.Metadata.TryGetValue(InsertedAdapter.FingerprintKey, out var theirs)) return; // PEFT's own files do not say
        var ours = BaseWeights.Fingerprint(model);
        if (theirs == ours) return;
        throw new FormatException(
            $"{checkpoint.Path} was made on a model with other weights (fingerprint {theirs[..Math.Min(12, theirs.Length)]}, but this one has {ours[..12]}); load that model, or say that the file is to be trusted.");
    }
}
