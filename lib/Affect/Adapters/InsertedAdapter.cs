namespace Affect.Adapters;

/// <summary>An adapter within a model: it can be switched off and on, merged and unmerged where its method can, saved, and taken out again.</summary>
/// <remarks>
/// It works by hooks on the modules it adapts; the model's own modules and the names of their weights stay what they are. Disabled, merged or removed,
/// it leaves no trace in the model's tree. Not thread-safe while it is being switched.
/// </remarks>
public sealed class InsertedAdapter : IDisposable
{
    internal const string ConfigName = "adapter_config.json";
    internal const string WeightsName = "adapter_model.safetensors";
    internal const string FingerprintKey = "base_fingerprint";

    private readonly Module model;
    private readonly List<(ModuleFinder.AdaptedModule Place, AdapterPart Part)> parts = [];
    private bool isDisposed;

    private InsertedAdapter(Module model, AdapterConfig config) => (this.model, Config) = (model, config);

    /// <summary>What was inserted.</summary>
    public AdapterConfig Config { get; }

    /// <summary>The paths of the adapted modules, in the model's order.</summary>
    public IReadOnlyList<string> Targets => [.. parts.Select(part => part.Place.Path)];

    /// <summary>The adapted layers, ascending, from 1; empty where no adapted module belongs to a block.</summary>
    public IReadOnlyList<int> Layers => [.. parts.Select(part => part.Place.Layer).OfType<int>().Distinct().Order()];

    /// <summary>The adapter's weights under the names that they have in its file, such as <c>encoder.layers.0.attention.q_proj.lora_A.weight</c>.</summary>
    public IReadOnlyDictionary<string, Parameter> Parameters
    {
        get
        {
            var named = new OrderedDictionary<string, Parameter>(StringComparer.Ordinal);
            foreach (var (place, part) in parts)
                foreach (var (name, parameter) in part.Weights.named_parameters())
                    named.Add($"{place.Path}.{part.FilePrefix}{name}", parameter);
            return named;
        }
    }

    /// <summary>How many numbers train.</summary>
    public long TrainableCount => Parameters.Values.Sum(parameter => parameter.numel());

    /// <summary>How many numbers the model has without adapters: what full fine-tuning would train.</summary>
    public long BaseCount => BaseWeights.Parameters(model).Sum(named => named.Parameter.numel());

    /// <summary>Whether the adapter takes part in what the model computes by its own weights (not merged).</summary>
    public bool IsEnabled => !isDisposed && parts.All(part => part.Part.IsAttached);

    /// <summary>Whether the update is folded into the model's weights.</summary>
    public bool IsMerged { get; private set; }

    internal Module Model => model;

    internal static InsertedAdapter Insert(Module model, AdapterConfig config)
    {
        ArgumentNullException.ThrowIfNull(model);
        var places = ModuleFinder.Find(model, config);
        foreach (var (_, own) in BaseWeights.Parameters(model)) own.requires_grad = false;
        var inserted = new InsertedAdapter(model, config);
        try
        {
            using var generator = new Generator((ulong)config.Seed);
            foreach (var place in places)
            {
                var part = config.CreatePart(place.Path, place.Module, generator);
                inserted.parts.Add((place, part));
                if (!part.Weights.parameters().Any())
                    throw new ArgumentException($"{config.Method} adds no weights to {place.Path}: a module of your own calls RegisterComponents() at its constructor's end.", nameof(config));
                if (place.Module.named_children().Any(child => child.name == part.ChildName))
                    throw new InvalidOperationException($"{place.Path} has an adapter already; remove that one first.");
                part.Weights.train(model.training);
                part.Attach();
            }
            return inserted;
        }
        catch
        {
            inserted.Dispose();
            throw;
        }
    }

    /// <summary>Lets the model compute as without the adapter, exactly.</summary>
    public void Disable()
    {
        Require(isMerged: false);
        foreach (var (_, part) in parts) part.Detach();
    }

    /// <summary>Lets the adapter take part again.</summary>
    public void Enable()
    {
        Require(isMerged: false);
        foreach (var (_, part) in parts) part.Attach();
    }

    /// <summary>Folds the update into the model's own weights; the model then needs no extra work. What they were is kept until <see cref="Unmerge"/>.</summary>
    /// <exception cref="NotSupportedException">The method cannot merge.</exception>
    public void Merge()
    {
        Require(isMerged: false);
        if (!Config.CanMerge)
            throw new NotSupportedException($"{Config.Method} cannot be merged: what it adds is not a change of the model's own weights. Keep the adapter inserted.");
        foreach (var (_, part) in parts)
        {
            part.Merge();
            part.Detach();
        }
        IsMerged = true;
    }

    /// <summary>Brings the model's own weights back, bit for bit, and lets the adapter take part again.</summary>
    public void Unmerge()
    {
        Require(isMerged: true);
        foreach (var (_, part) in parts)
        {
            part.Unmerge();
            part.Attach();
        }
        IsMerged = false;
    }

    /// <summary>Takes the adapter out and frees it; the model is as before.</summary>
    public void Remove() => Dispose();

    /// <summary>Leaves the update in the model's weights for good and frees the adapter.</summary>
    /// <exception cref="NotSupportedException">The method cannot merge.</exception>
    public void MergeForGood()
    {
        if (!IsMerged) Merge();
        IsMerged = false;
        foreach (var (_, part) in parts) part.ForgetOriginals();
        Dispose();
    }

    /// <summary>Writes <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>: as PEFT does for LoRA, DoRA and IA3, in our own form for the others.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="heads">Modules that travel with the adapter, by name, as in <c>classifier</c>.</param>
    /// <exception cref="InvalidOperationException">The adapter is merged.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder, IReadOnlyDictionary<string, Module>? heads = null)
    {
        Require(isMerged: false);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        heads ??= new Dictionary<string, Module>();
        using var scope = NewDisposeScope();
        var tensors = SavedTensors(heads).Concat(Config.FurtherWeights(this)).ToDictionary(named => Config.WeightPrefix + named.Key, named => named.Value, StringComparer.Ordinal);
        // The configuration comes last: a folder that has one is complete.
        var config = Path.Combine(folder, ConfigName);
        Directory.CreateDirectory(folder);
        File.Delete(config);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), tensors, new Dictionary<string, string> { ["format"] = "pt", [FingerprintKey] = BaseWeights.Fingerprint(model) });
        ConfigFile.Write(config, Config.Fields(this, [.. heads.Keys]).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>The adapter's weights and those of the heads that travel with it, by their names in a file.</summary>
    internal Dictionary<string, Tensor> SavedTensors(IReadOnlyDictionary<string, Module> heads)
    {
        var tensors = Parameters.ToDictionary(named => named.Key, named => (Tensor)named.Value, StringComparer.Ordinal);
        foreach (var (head, module) in heads)
            foreach (var (name, value) in module.state_dict()) tensors.Add($"{head}.{name}", value);
        return tensors;
    }

    /// <summary>Method, place, and how many numbers train beside full fine-tuning's.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Config}: {TrainableCount:N0} trainable parameters, {100.0 * TrainableCount / BaseCount:0.00} % of the {BaseCount:N0} that full fine-tuning trains");

    /// <summary>Takes the adapter out (unmerged first) and frees its weights.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        if (IsMerged)
            foreach (var (_, part) in parts) part.Unmerge();
        IsMerged = false;
        isDisposed = true;
        foreach (var (_, part) in parts) part.Dispose();
        parts.Clear();
    }

    private void Require(bool isMerged)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (IsMerged == isMerged) return;
        throw new InvalidOperationException(isMerged ? "The adapter must be merged first, but is not." : "The adapter is merged into the model's weights; unmerge it first.");
    }
}
