namespace Affect.Adapters;

/// <summary>What an adapter adds to one module of a model: new weights, and the place where they take part in what the module computes.</summary>
/// <remarks>The usual places have factories; a method with a place of its own gives what puts its weights there and returns what takes them off again.</remarks>
public sealed class AdapterPart : IDisposable
{
    /// <summary>The names under which parts may hang in a model's tree; no model of ours has modules of these names otherwise.</summary>
    internal static readonly IReadOnlyList<string> ChildNames = ["adapter", "adapter_layer", "prefix"];

    private readonly Func<Action> hook;
    private readonly List<(Parameter Own, Tensor Before)> originals = [];
    private readonly Func<IEnumerable<(Parameter Own, Tensor Value)>>? merged;
    private Action? detach;

    /// <summary>A part with a place of its own.</summary>
    /// <param name="target">The module that is adapted.</param>
    /// <param name="weights">The new weights; while attached, a child of the module.</param>
    /// <param name="hook">Lets the weights take part, and returns what ends that.</param>
    /// <param name="merged">The module's own weights and what they become when the update is folded into them; null where it cannot be.</param>
    /// <param name="childName">The name of the weights among the module's children: <c>adapter</c>, <c>adapter_layer</c> or <c>prefix</c>.</param>
    /// <param name="filePrefix">What stands before the new weights' names in a file, after the module's path.</param>
    /// <exception cref="ArgumentException"><paramref name="childName"/> is another.</exception>
    public AdapterPart(
        Module target, Module weights, Func<Action> hook, Func<IEnumerable<(Parameter Own, Tensor Value)>>? merged = null, string childName = "adapter", string filePrefix = "")
    {
        Target = target ?? throw new ArgumentNullException(nameof(target));
        Weights = weights ?? throw new ArgumentNullException(nameof(weights));
        this.hook = hook ?? throw new ArgumentNullException(nameof(hook));
        if (!ChildNames.Contains(childName)) throw new ArgumentException($"childName must be one of {string.Join(", ", ChildNames)}, but is '{childName}'.", nameof(childName));
        (this.merged, ChildName, FilePrefix) = (merged, childName, filePrefix);
    }

    /// <summary>The module that is adapted.</summary>
    public Module Target { get; }

    /// <summary>The new weights.</summary>
    public Module Weights { get; }

    internal string ChildName { get; }

    internal string FilePrefix { get; }

    internal bool IsAttached => detach is not null;

    /// <summary>A part behind the module: what the module gives goes through new weights.</summary>
    /// <param name="target">A module of one input, or one whose second input is a mask.</param>
    /// <param name="weights">From the module's output to the new output; changes nothing yet.</param>
    public static AdapterPart Behind(Module target, Module<Tensor, Tensor> weights) => OnOutput(target, weights, (_, output) => weights.call(output));

    /// <summary>A part beside the module: what new weights make of its input is added to what it gives.</summary>
    /// <param name="target">A module of one input, or one whose second input is a mask.</param>
    /// <param name="weights">From the module's input to what is added; 0 yet.</param>
    public static AdapterPart Beside(Module target, Module<Tensor, Tensor> weights) => OnOutput(target, weights, (input, output) => output + weights.call(input).to(output.dtype));

    /// <summary>A part that changes what the module gives.</summary>
    /// <param name="target">A module of one input, or one whose second input is a mask.</param>
    /// <param name="weights">The new weights.</param>
    /// <param name="change">From the module's input and output to the new output.</param>
    /// <param name="merged">As in the constructor.</param>
    /// <param name="childName">As in the constructor.</param>
    /// <param name="filePrefix">As in the constructor.</param>
    /// <exception cref="ArgumentException">The module takes other inputs.</exception>
    public static AdapterPart OnOutput(
        Module target, Module weights, Func<Tensor, Tensor, Tensor> change, Func<IEnumerable<(Parameter Own, Tensor Value)>>? merged = null, string childName = "adapter", string filePrefix = "")
    {
        Func<Action> place = target switch
        {
            Module<Tensor, Tensor> one => () => one.register_forward_hook((_, input, output) => Scoped(() => change(input, output))).remove,
            Module<Tensor, Tensor, Tensor> two => () => two.register_forward_hook((_, input, _, output) => Scoped(() => change(input, output))).remove,
            _ => throw new ArgumentException($"target must take one tensor, or one and a mask, but is a {target?.GetType().Name ?? "null"}.", nameof(target)),
        };
        return new AdapterPart(target, weights, place, merged, childName, filePrefix);
    }

    /// <summary>A part that changes what the module is given.</summary>
    /// <param name="target">The module.</param>
    /// <param name="weights">The new weights.</param>
    /// <param name="change">From the input to the new input.</param>
    /// <param name="merged">As in the constructor.</param>
    public static AdapterPart OnInput(Module<Tensor, Tensor> target, Module weights, Func<Tensor, Tensor> change, Func<IEnumerable<(Parameter Own, Tensor Value)>>? merged = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new AdapterPart(target, weights, () => target.register_forward_pre_hook((_, input) => Scoped(() => change(input))).remove, merged);
    }

    /// <summary>Takes the part off and frees its weights.</summary>
    public void Dispose()
    {
        Detach();
        ForgetOriginals();
        Weights.Dispose();
    }

    internal void Attach()
    {
        if (detach is not null) return;
        Target.register_module(ChildName, Weights);
        detach = hook();
    }

    internal void Detach()
    {
        if (detach is null) return;
        detach();
        detach = null;
        Target.register_module(ChildName, null!);
    }

    /// <summary>Folds the update into the module's own weights, and keeps what they were, so that unmerging is exact.</summary>
    internal void Merge()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (own, value) in merged!().ToArray())
        {
            originals.Add((own, own.detach().clone().DetachFromDisposeScope()));
            own.copy_(value);
        }
    }

    internal void Unmerge()
    {
        using var noGrad = no_grad();
        foreach (var (own, before) in originals) own.copy_(before);
        ForgetOriginals();
    }

    internal void ForgetOriginals()
    {
        foreach (var (_, before) in originals) before.Dispose();
        originals.Clear();
    }

    private static Tensor Scoped(Func<Tensor> change)
    {
        using var scope = NewDisposeScope();
        return change().MoveToOuterDisposeScope();
    }
}
