namespace Affect.Adapters;

/// <summary>What an adapter adds to one module of a model: new weights, and the place where they take part.</summary>
internal abstract class AdapterPart : IDisposable
{
    private Action? detach;

    /// <summary>The new weights; while attached, a child of the module that they adapt.</summary>
    internal abstract Module Weights { get; }

    /// <summary>The child's name.</summary>
    internal virtual string ChildName => "adapter";

    /// <summary>What stands before the new weights' names in a file, after the module's path.</summary>
    internal virtual string FilePrefix => "";

    /// <summary>The module that is adapted.</summary>
    internal abstract Module Target { get; }

    internal bool IsAttached => detach is not null;

    /// <summary>Lets the new weights take part.</summary>
    internal void Attach()
    {
        if (detach is not null) return;
        Target.register_module(ChildName, Weights);
        detach = Hook();
    }

    /// <summary>Leaves the module as it was.</summary>
    internal void Detach()
    {
        if (detach is null) return;
        detach();
        detach = null;
        Target.register_module(ChildName, null!);
    }

    /// <summary>Folds the update into the module's own weights.</summary>
    internal virtual void Merge() => throw new NotSupportedException("This part cannot be merged.");

    /// <summary>Brings the module's own weights back, bit for bit.</summary>
    internal virtual void Unmerge() => throw new NotSupportedException("This part cannot be merged.");

    /// <summary>Forgets the module's own weights of before <see cref="Merge"/>.</summary>
    internal virtual void ForgetOriginal()
    {
    }

    public void Dispose()
    {
        Detach();
        ForgetOriginal();
        Weights.Dispose();
    }

    /// <summary>Places the hooks; returns what takes them off.</summary>
    private protected abstract Action Hook();
}
