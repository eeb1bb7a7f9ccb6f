namespace Affect.Parity;

/// <summary>A check of a model that <c>config.json</c> names by its type.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class ModelParity<TModel> : IParityCheck
    where TModel : Module
{
    private readonly Func<string, Device?, ScalarType?, string?, TModel> open;
    private readonly string[] types;

    private protected ModelParity(Func<string, Device?, ScalarType?, string?, TModel> open, params string[] types) =>
        (this.open, this.types) = (open, types);

    /// <inheritdoc/>
    public string Kind => string.Join(", ", types);

    /// <inheritdoc/>
    public bool Recognizes(string folder) => types.Contains(PretrainedFolder.TypeOf(folder));

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = open(folder, parityCase.Device, null, weights);
        using var scope = NewDisposeScope();
        Compare(model, parityCase);
    }

    /// <summary>Feeds the model the case's inputs and compares what comes out.</summary>
    private protected abstract void Compare(TModel model, ParityCase parityCase);
}
