namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Takes the data's place: its handle, which leaves <paramref name="data"/> invalid, and its dispose scope.</summary>
    public Parameter(torch.Tensor data, bool requires_grad = true) : this(Take(data), requires_grad)
    {
    }

    private Parameter((nint Handle, DisposeScope? Scope) data, bool requires_grad) : base(data.Handle)
    {
        if (data.Scope is null) DetachFromDisposeScope();
        else MoveToOtherDisposeScope(data.Scope);
        if (this.requires_grad != requires_grad) this.requires_grad = requires_grad;
    }

    private static (nint, DisposeScope?) Take(torch.Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var scope = data.OwningDisposeScope;
        if (data.is_leaf) return (data.DecoupleFromNativeHandle(), scope);
        // The result of a computation is no leaf, and only a leaf can learn.
        using var leaf = data.detach();
        data.Dispose();
        return (leaf.DecoupleFromNativeHandle(), scope);
    }
}
