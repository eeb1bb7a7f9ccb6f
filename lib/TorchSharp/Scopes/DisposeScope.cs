using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// Disposes, at its end, the tensors that were made on its thread since it was opened and that have not been moved out of it.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly TensorThread thread;
    private Slot[] slots = [];
    private int count;
    private HashSet<IDisposable>? others; // what is not a tensor, and was attached by hand
    private bool isClosed;

    internal DisposeScope(TensorThread thread)
    {
        this.thread = thread;
        OuterScope = thread.Scope;
        thread.Scope = this;
    }

    internal DisposeScope? OuterScope { get; private set; }

    public int DisposablesCount => count + (others?.Count ?? 0);

    /// <summary>What the scope holds now: a copy.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            var view = new List<IDisposable>(DisposablesCount);
            for (var i = 0; i < count; i++) view.Add(slots[i].Tensor!);
            if (others is not null) view.AddRange(others);
            return view;
        }
    }

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? ReferenceEquals(tensor.OwningDisposeScope, this) : others?.Contains(disposable) == true;

    public void Dispose()
    {
        if (isClosed) return;
        isClosed = true;
        DisposeEverything();
        slots = [];
        if (thread.Scope == this)
        {
            thread.Scope = OuterScope;
            return;
        }
        // Closed out of order: the scopes inside it stay open, and what they move outwards goes to ours.
        for (var inner = thread.Scope; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope != this) continue;
            inner.OuterScope = OuterScope;
            return;
        }
    }

    public void DisposeEverything()
    {
        // From the back: what a disposal adds or removes cannot disturb the walk.
        while (count > 0)
        {
            var tensor = slots[--count].Tensor!;
            slots[count].Tensor = null;
            tensor.OwningDisposeScope = null;
            if (tensor.Release()) thread.Counts.DisposedInScopeCount++;
        }
        if (others is null) return;
        var old = others;
        others = null;
        foreach (var disposable in old)
        {
            thread.Statistics.PackedSequences.DisposedInScopeCount++;
            disposable.Dispose();
        }
    }

    /// <summary>Adds a disposable that was made elsewhere; a tensor leaves the scope that it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        ArgumentNullException.ThrowIfNull(disposable);
        if (disposable is not torch.Tensor tensor)
        {
            if ((others ??= new(ReferenceEqualityComparer.Instance)).Add(disposable)) thread.Statistics.PackedSequences.AttachedToScopeCount++;
            return;
        }
        if (tensor.IsInvalid || tensor.OwningDisposeScope == this) return;
        if (tensor.OwningDisposeScope is { } owner) owner.Remove(tensor);
        else thread.Counts.AttachedToScopeCount++;
        Add(tensor);
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public void Attach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Attach(disposable);
    }

    /// <summary>Tells the scope that one of its disposables was disposed by other hands.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        if (!Take(disposable)) return;
        (disposable is torch.Tensor ? thread.Counts : thread.Statistics.PackedSequences).DisposedInScopeCount++;
    }

    internal void Add(torch.Tensor tensor)
    {
        if (count == slots.Length) Array.Resize(ref slots, Math.Max(16, count * 2));
        tensor.OwningDisposeScope = this;
        tensor.ScopeSlot = count;
        slots[count++].Tensor = tensor;
    }

    /// <summary>Forgets a tensor, in constant time: the last one takes its place.</summary>
    internal void Remove(torch.Tensor tensor)
    {
        tensor.OwningDisposeScope = null;
        var last = slots[--count].Tensor!;
        slots[tensor.ScopeSlot].Tensor = last;
        last.ScopeSlot = tensor.ScopeSlot;
        slots[count].Tensor = null;
    }

    /// <summary>A tensor of this scope was disposed by hand, on whatever thread.</summary>
    internal void OnDisposed(torch.Tensor tensor, TensorThread disposer)
    {
        disposer.Counts.DisposedInScopeCount++;
        // Only the scope's own thread may touch the list; the empty shell waits there for the end of the scope.
        if (disposer == thread) Remove(tensor);
    }

    private bool Take(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) return others?.Remove(disposable) == true;
        if (tensor.OwningDisposeScope != this) return false;
        Remove(tensor);
        return true;
    }

    // An array of structs stores without the covariance check that an array of a class with heirs needs.
    private struct Slot
    {
        internal torch.Tensor? Tensor;
    }
}
