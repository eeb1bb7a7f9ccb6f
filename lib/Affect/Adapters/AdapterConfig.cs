namespace Affect.Adapters;

/// <summary>A method that adapts a frozen model by a few new weights, and where they go.</summary>
/// <remarks>
/// A method is one record derived from this one, in a folder of <c>Adapters</c> or in a notebook's cell. It says which modules it fits and what it adds to one of
/// them; training, switching, saving and loading are the library's. Its settings are properties with <c>init</c>, which its file then keeps.
/// </remarks>
public abstract record AdapterConfig
{
    /// <summary>Where the adapter goes, tower by tower.</summary>
    public IReadOnlyList<TowerTargets> Towers { get; init => field = Require.NotEmpty(value, nameof(Towers)); } = [new TowerTargets()];

    /// <summary>Seed of the new weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The method's name in files and tables, as in <c>lora</c>; by default that of its type.</summary>
    public virtual string Method => GetType().Name;

    /// <summary>Whether the update can be folded into the model's own weights: then every part says how (<c>merged</c>).</summary>
    public virtual bool CanMerge => false;

    /// <summary>The learning rate that a training of this method begins its search with.</summary>
    public virtual double UsualLearningRate => 1e-3;

    /// <summary>Endings of the paths of the modules that the method usually goes into, of several families of models; those that a model lacks do not matter. Empty: all that it fits.</summary>
    public virtual IReadOnlyList<string> UsualModules => [];

    /// <summary>Whether the method can go into a module.</summary>
    /// <param name="path">The module's dotted path within the model; <see cref="ModuleFinder.LayerOf"/> and <see cref="ModuleFinder.IsBlock"/> read it.</param>
    /// <param name="module">The module.</param>
    public abstract bool Fits(string path, Module module);

    /// <summary>What the method adds to one module: new weights under which the model still computes what it did.</summary>
    /// <param name="path">The module's path.</param>
    /// <param name="module">One that it fits.</param>
    /// <param name="generator">Draws the new weights; the seed is <see cref="Seed"/>.</param>
    public abstract AdapterPart CreatePart(string path, Module module, Generator generator);

    /// <summary>Puts a fresh adapter into a model: the model's own weights are frozen, the new ones are not, and nothing that the model computes changes yet.</summary>
    /// <param name="model">The model; it stays the caller's.</param>
    /// <exception cref="ArgumentException">A tower, module or layer matches nothing; the message lists what there is.</exception>
    /// <exception cref="InvalidOperationException">A module has an adapter of this kind already.</exception>
    public InsertedAdapter InsertInto(Module model) => InsertedAdapter.Insert(model, this);

    /// <summary>In words: method, sizes, place.</summary>
    public sealed override string ToString() => $"{Describe()} in {string.Join("; ", Towers)}";

    /// <summary>Method and sizes in words; by default the settings by their names.</summary>
    protected virtual string Describe() => string.Join(", ", AdapterSettings.Of(this).Select(setting => $"{setting.Key} {setting.Value?.ToJsonString()}").Prepend(Method));

    /// <summary>The fields of <c>adapter_config.json</c> that are the method's own; by default its settings under <c>settings</c>.</summary>
    /// <param name="adapter">An adapter of this configuration.</param>
    /// <param name="heads">The names of the modules that travel with it.</param>
    protected internal virtual IEnumerable<KeyValuePair<string, JsonNode?>> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads) =>
        AdapterSettings.Fields(this, heads, KeyValuePair.Create<string, JsonNode?>(AdapterSettings.SettingsKey, AdapterSettings.Of(this)));

    /// <summary>What stands in a file before the names of all weights.</summary>
    protected internal virtual string WeightPrefix => "";

    /// <summary>Weights that a file holds beside the adapter's, because whoever else reads it expects them.</summary>
    protected internal virtual IEnumerable<KeyValuePair<string, Tensor>> FurtherWeights(InsertedAdapter adapter) => [];

    /// <summary>From a file's names to the adapter's, and what a file may hold besides.</summary>
    protected internal virtual NameMap WeightNames(InsertedAdapter adapter, ConfigFile file, IReadOnlyCollection<string> heads) => NameMap.Identity;

    /// <summary>What to say, beside the loader's words, where a file's weights do not fit; null: nothing.</summary>
    protected internal virtual string? ExplainMisfit(ConfigFile file, Module model) => null;
}
