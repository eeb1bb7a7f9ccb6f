namespace Affect.Fusion;

/// <summary>What all fusions share: the batch is checked, what is missing counts as 0, weights are drawn from a seed, a linear head decides.</summary>
/// <remarks>
/// A fusion that takes frames, or embeds modalities in its own way, derives from this class; one of clips' vectors is shorter as an <see cref="EmbeddingFusion"/>.
/// Names are those of the MER2024 baseline's checkpoints: <c>audio_encoder</c>, <c>text_encoder</c>, <c>video_encoder</c>, <c>fc_out_1</c> (emotion),
/// <c>fc_out_2</c> (valence). Presence masks are ours; the baseline has all modalities always.
/// </remarks>
public abstract class FusionModel : Module<ModalityBatch, FusionOutput>, IFusion
{
    /// <param name="config">Modalities, classes, width.</param>
    /// <param name="name">What to call it in tables; null: as its type.</param>
    protected FusionModel(FusionConfig config, string? name = null)
        : base(name ?? nameof(FusionModel))
    {
        ArgumentNullException.ThrowIfNull(config);
        (Name, Config) = (name ?? GetType().Name, config);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public FusionConfig Config { get; }

    /// <inheritdoc/>
    public virtual bool TakesSequences => false;

    /// <inheritdoc/>
    public virtual string Settings => "";

    /// <inheritdoc/>
    public IEnumerable<(string Name, Parameter Parameter)> Weights => named_parameters().OrderBy(entry => IsOfHead(entry.name)).Select(entry => (entry.name, entry.parameter));

    /// <inheritdoc/>
    public virtual bool DrawsFromTorch => modules().Any(module => module.GetType().Name.Contains("Dropout", StringComparison.Ordinal));

    /// <inheritdoc/>
    public void SetTraining(bool training) => train(training);

    /// <inheritdoc/>
    public FusionOutput Fuse(ModalityBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Check(batch);
        return call(batch);
    }

    /// <inheritdoc cref="Fuse"/>
    public abstract override FusionOutput forward(ModalityBatch batch);

    /// <summary>Draws initial weights: each map's by the rule of PyTorch's linear maps (uniform within 1 / √in), from a generator of one's own.</summary>
    internal void Initialise(Generator generator)
    {
        RegisterComponents(); // a fusion whose author forgot it would train its head alone
        using var noGrad = no_grad();
        // Maps of the fusion's own before those within its parts, the head last of these: what a seed has always given.
        foreach (var (_, module) in named_modules().OrderBy(entry => entry.name.Contains('.', StringComparison.Ordinal)).ThenBy(entry => IsOfHead(entry.name)))
        {
            if (module is not Linear linear) continue;
            var bound = 1 / Math.Sqrt(linear.weight!.shape[1]);
            linear.weight.uniform_(-bound, bound, generator);
            linear.bias?.uniform_(-bound, bound, generator);
        }
        InitialiseOwn(generator);
    }

    /// <summary>Draws the weights that are in no linear map, without gradients.</summary>
    /// <param name="generator">Draws them.</param>
    protected virtual void InitialiseOwn(Generator generator)
    {
    }

    /// <summary>A modality's embedding with 0 where it is missing.</summary>
    /// <param name="embedded"><c>[batch, hidden]</c></param>
    /// <param name="batch">Says what is missing.</param>
    /// <param name="modality">The modality's number.</param>
    protected static Tensor Present(Tensor embedded, ModalityBatch batch, int modality)
    {
        ArgumentNullException.ThrowIfNull(embedded);
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Presence is null ? embedded : embedded.masked_fill((~batch.Presence.select(1, modality)).unsqueeze(1), 0);
    }

    /// <summary>A modality's features with 0 where it is missing: whatever they hold there, a number or none, plays no part and has no gradient.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="modality">The modality's number.</param>
    protected static Tensor Input(ModalityBatch batch, int modality)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var features = batch.Features[modality];
        if (batch.Presence is null) return features;
        var missing = ~batch.Presence.select(1, modality);
        for (var axis = 1; axis < features.dim(); axis++) missing = missing.unsqueeze(-1);
        return features.masked_fill(missing, 0);
    }

    /// <summary>An embedding with a 1 before it, so that single modalities are in a product of several, too.</summary>
    /// <param name="embedded"><c>[batch, hidden]</c></param>
    /// <returns><c>[batch, hidden + 1]</c></returns>
    protected static Tensor WithOne(Tensor embedded)
    {
        ArgumentNullException.ThrowIfNull(embedded);
        return Guarded.Join([ones(embedded.shape[0], 1, dtype: embedded.dtype, device: embedded.device), embedded], 1);
    }

    // The head's weights come last, whenever it was registered: seeds then give the same weights whatever a constructor's order is.
    private static bool IsOfHead(string name) => name.StartsWith(FusionHead.Prefix, StringComparison.Ordinal);

    private void Check(ModalityBatch batch)
    {
        if (batch.Features.Count != Config.Modalities.Count)
            throw new ArgumentException($"batch must have the modalities {string.Join(", ", Config.Modalities.Select(modality => modality.Name))}, but has {batch.Features.Count}.", nameof(batch));
        for (var m = 0; m < batch.Features.Count; m++)
        {
            var (features, input) = (batch.Features[m], Config.Modalities[m]);
            if (TakesSequences && features.dim() == 3) features.Shape([batch.Count, -1, input.Size], "[batch, frames, dims]", input.Name);
            else features.Shape([batch.Count, input.Size], "[batch, dims]", input.Name);
            if (batch.FrameMasks?[m] is { } mask) mask.Shape(features.dim() == 3 ? features.shape[..2] : [batch.Count, 1], "[batch, frames]", $"frame mask of {input.Name}");
        }
        if (batch.Presence is null) return;
        batch.Presence.Shape([batch.Count, batch.Features.Count], "[batch, modalities]", "presence");
        using var scope = NewDisposeScope();
        if (!batch.Presence.any(1).all().ToBoolean()) throw new ArgumentException("Each clip must have a modality, but one has none.", nameof(batch));
    }
}
