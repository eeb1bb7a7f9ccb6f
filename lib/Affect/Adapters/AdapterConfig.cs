namespace Affect.Adapters;

/// <summary>A method that adapts a frozen model by a few new weights, and where they go.</summary>
/// <remarks>A method is one folder of <c>Adapters</c>: a configuration derived from this one, and what it adds to a module.</remarks>
public abstract record AdapterConfig
{
    private protected AdapterConfig()
    {
    }

    /// <summary>Where the adapter goes, tower by tower.</summary>
    public IReadOnlyList<TowerTargets> Towers { get; init => field = Require.NotEmpty(value, nameof(Towers)); } = [new TowerTargets()];

    /// <summary>Seed of the new weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The method's name, as in <c>lora</c>.</summary>
    public abstract string Method { get; }

    /// <summary>Whether the update can be folded into the model's own weights.</summary>
    public abstract bool CanMerge { get; }

    /// <summary>Endings of the paths of the modules that the method usually goes into, of several families of models; those that a model lacks do not matter.</summary>
    internal abstract IReadOnlyList<string> UsualModules { get; }

    /// <summary>Puts a fresh adapter into a model: the model's own weights are frozen, the new ones are not, and nothing that the model computes changes yet.</summary>
    /// <param name="model">The model; it stays the caller's.</param>
    /// <exception cref="ArgumentException">A tower, module or layer matches nothing; the message lists what there is.</exception>
    /// <exception cref="InvalidOperationException">A module has an adapter of this kind already.</exception>
    public InsertedAdapter InsertInto(Module model) => InsertedAdapter.Insert(model, this);

    /// <summary>In words: method, sizes, place.</summary>
    public sealed override string ToString() => $"{Describe()} in {string.Join("; ", Towers)}";

    /// <summary>Method and sizes in words.</summary>
    protected abstract string Describe();

    /// <summary>Whether the method can go into a module of this kind.</summary>
    internal abstract bool Fits(string path, Module module);

    /// <summary>What the method adds to one module.</summary>
    internal abstract AdapterPart CreatePart(string path, Module module, Generator generator);
}
