namespace TorchSharp;

/// <summary>The counts of a thread: tensors, and the other disposables that were attached to its scopes.</summary>
public sealed class ThreadDisposeScopeStatistics : ILifetimeStatistics
{
    internal LifetimeStatistics Tensors { get; } = new();

    internal LifetimeStatistics PackedSequences { get; } = new();

    public long CreatedOutsideScopeCount => Tensors.CreatedOutsideScopeCount + PackedSequences.CreatedOutsideScopeCount;

    public long DisposedOutsideScopeCount => Tensors.DisposedOutsideScopeCount + PackedSequences.DisposedOutsideScopeCount;

    public long CreatedInScopeCount => Tensors.CreatedInScopeCount + PackedSequences.CreatedInScopeCount;

    public long DisposedInScopeCount => Tensors.DisposedInScopeCount + PackedSequences.DisposedInScopeCount;

    public long AttachedToScopeCount => Tensors.AttachedToScopeCount + PackedSequences.AttachedToScopeCount;

    public long DetachedFromScopeCount => Tensors.DetachedFromScopeCount + PackedSequences.DetachedFromScopeCount;

    public long ThreadTotalLiveCount => Tensors.ThreadTotalLiveCount + PackedSequences.ThreadTotalLiveCount;

    public ILifetimeStatistics TensorStatistics => Tensors;

    public ILifetimeStatistics PackedSequenceStatistics => PackedSequences;

    public void Reset()
    {
        Tensors.Reset();
        PackedSequences.Reset();
    }

    public override string ToString() => LifetimeStatistics.Describe(this);
}
