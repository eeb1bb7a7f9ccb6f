namespace Affect.Fusion;

/// <summary>A fusion of clips' vectors as the MER2024 baseline builds them: each modality is embedded, the embeddings become one vector, and a linear head decides.</summary>
/// <remarks>
/// A form of fusion is one class derived from this one, here or in a notebook's cell: its weights, and <see cref="Fuse"/>. What is missing, dropout, training,
/// saving and loading are the library's. Names are those of the baseline's checkpoints (<see cref="FusionModel"/>).
/// </remarks>
public abstract class EmbeddingFusion : FusionModel
{
    private readonly MlpEncoder[] encoders;
    private readonly FusionHead head;

    /// <param name="config">Modalities, classes, width.</param>
    /// <param name="name">What to call it in tables; null: as its type.</param>
    /// <param name="fusedSize">The size of the fused vector; null: the width.</param>
    protected EmbeddingFusion(FusionConfig config, string? name = null, int? fusedSize = null)
        : base(config, name)
    {
        ArgumentNullException.ThrowIfNull(config);
        encoders = [.. config.Modalities.Select(modality => new MlpEncoder(modality.Size, config.HiddenSize, config.Dropout))];
        foreach (var (encoder, modality) in encoders.Zip(config.Modalities)) base.register_module($"{modality.Theirs}_encoder", encoder);
        head = new FusionHead(this, config, fusedSize ?? config.HiddenSize);
    }

    /// <summary>Makes one vector a clip of its embeddings.</summary>
    /// <param name="embedded">One <c>[batch, hidden]</c> per modality, 0 where a clip does not have it.</param>
    /// <param name="batch">What the embeddings were made of; says what is missing.</param>
    /// <returns><c>[batch, fused]</c>; and, to be looked at, what the embeddings were weighted by, <c>[batch, modalities]</c>, or null.</returns>
    protected abstract (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> embedded, ModalityBatch batch);

    /// <inheritdoc/>
    public sealed override FusionOutput forward(ModalityBatch batch)
    {
        using var scope = NewDisposeScope();
        Tensor[] embedded = [.. encoders.Select((encoder, m) => Present(encoder.call(Input(batch, m)), batch, m))];
        var (fused, weights) = Fuse(embedded, batch);
        return head.Decide(fused, weights).MoveToOuterDisposeScope();
    }
}
