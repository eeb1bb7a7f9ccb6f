namespace Affect.Fusion;

/// <summary>What a fusion makes of a batch.</summary>
/// <param name="Logits"><c>[batch, classes]</c></param>
/// <param name="Features"><c>[batch, hidden]</c>, the fused representation under the head.</param>
public sealed record FusionOutput(Tensor Logits, Tensor Features) : IDisposable
{
    /// <summary><c>[batch, 1]</c>; null where the fusion has no such head.</summary>
    public Tensor? Valence { get; init; }

    /// <summary><c>[batch, modalities]</c>, what each modality's embedding is multiplied by; null where the fusion does no such thing.</summary>
    public Tensor? Weights { get; init; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Logits.Dispose();
        Features.Dispose();
        Valence?.Dispose();
        Weights?.Dispose();
    }

    internal FusionOutput MoveToOuterDisposeScope()
    {
        Logits.MoveToOuterDisposeScope();
        Features.MoveToOuterDisposeScope();
        Valence?.MoveToOuterDisposeScope();
        Weights?.MoveToOuterDisposeScope();
        return this;
    }
}
