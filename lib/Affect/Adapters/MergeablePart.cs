namespace Affect.Adapters;

/// <summary>A part whose update is a change of the module's own weights; it keeps what they were, so that unmerging is exact.</summary>
internal abstract class MergeablePart : AdapterPart
{
    private readonly List<(Parameter Own, Tensor Before)> originals = [];

    internal override void Merge()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var merged = Merged().ToArray();
        foreach (var (own, value) in merged)
        {
            originals.Add((own, own.detach().clone().DetachFromDisposeScope()));
            own.copy_(value);
        }
    }

    internal override void Unmerge()
    {
        using var noGrad = no_grad();
        foreach (var (own, before) in originals) own.copy_(before);
        ForgetOriginal();
    }

    internal override void ForgetOriginal()
    {
        foreach (var (_, before) in originals) before.Dispose();
        originals.Clear();
    }

    /// <summary>The module's own weights, and what they become.</summary>
    private protected abstract IEnumerable<(Parameter Own, Tensor Value)> Merged();
}
