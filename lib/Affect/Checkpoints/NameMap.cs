namespace Affect.Checkpoints;

/// <summary>
/// How a checkpoint's names become ours: a list of rules <c>ours ← theirs</c>, the first that fits wins; a name without a rule keeps itself.
/// In every pattern <c>*</c> stands for any run of characters, and the n-th <c>*</c> of ours takes what the n-th of theirs stood for.
/// </summary>
/// <remarks>
/// What training tools put into names when they wrap a model is taken off where a name does not meet otherwise: <c>torch.compile</c>,
/// <c>DataParallel</c>, fully sharded training, activation checkpointing, weight averaging, and <c>model.</c> and its like where the model is a field
/// of a training module.
/// </remarks>
public sealed class NameMap
{
    // These name no module of any model, wherever they stand.
    private static readonly string[] Wrappers = ["_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module", "_module"];

    // These only count before everything else.
    private static readonly string[] WrappersInFront = ["module", "model", "net", "network", "backbone"];

    private readonly IReadOnlyList<NameRule> rules;
    private readonly IReadOnlyList<string> prefixes;
    private readonly IReadOnlyList<string> optional;

    private NameMap(IReadOnlyList<NameRule> rules, IReadOnlyList<string> prefixes, IReadOnlyList<string> optional) =>
        (this.rules, this.prefixes, this.optional) = (rules, prefixes, optional);

    /// <summary>Every name as it is; everything in the file wanted, everything of ours needed.</summary>
    public static NameMap Identity { get; } = new([], [], []);

    /// <summary>Takes a prefix off the names that bear it, before any rule is tried; names without it stay as they are.</summary>
    /// <param name="prefix">As in <c>hubert.</c>, the dot included.</param>
    public NameMap WithoutPrefix(string prefix) => new(rules, [.. prefixes, prefix], optional);

    /// <summary>One of theirs is one of ours under another name, after a transform if one is given.</summary>
    /// <param name="theirs">A pattern of the file's names, without the prefixes.</param>
    /// <param name="ours">The name that it becomes.</param>
    /// <param name="transform">Makes our tensor from theirs, as in a transpose.</param>
    public NameMap Rename(string theirs, string ours, Func<Tensor, Tensor>? transform = null) => With(new NameRule(theirs, [ours], transform));

    /// <summary>One of theirs holds several of ours, in equal parts along the first axis.</summary>
    public NameMap Split(string theirs, params IReadOnlyList<string> ours) => With(new NameRule(theirs, ours, null));

    /// <summary>Names that a file may hold and we do not want, such as the heads of other tasks.</summary>
    public NameMap Ignore(params IReadOnlyList<string> theirs) => With([.. theirs.Select(pattern => new NameRule(pattern, [], null))]);

    /// <summary>Names of ours that a file need not hold; they keep their initial values.</summary>
    public NameMap Optional(params IReadOnlyList<string> ours) => new(rules, prefixes, [.. optional, .. ours]);

    /// <summary>What becomes of one of their names in a certain model; no names at all if it is to be ignored.</summary>
    internal (IReadOnlyList<string> Ours, Func<Tensor, Tensor>? Transform) Resolve(string theirs, IReadOnlyDictionary<string, Tensor> targets)
    {
        var plain = Resolve(theirs);
        if (plain.Ours.All(targets.ContainsKey)) return plain;
        var unwrapped = Resolve(Unwrapped(theirs));
        return unwrapped.Ours.All(targets.ContainsKey) ? unwrapped : plain;
    }

    internal bool IsOptional(string ours) => optional.Any(pattern => NamePattern.Match(pattern, ours) is not null);

    private NameMap With(params IReadOnlyList<NameRule> more) => new([.. rules, .. more], prefixes, optional);

    private (IReadOnlyList<string> Ours, Func<Tensor, Tensor>? Transform) Resolve(string theirs)
    {
        var name = theirs;
        foreach (var prefix in prefixes)
            if (name.StartsWith(prefix, StringComparison.Ordinal)) name = name[prefix.Length..];
        foreach (var rule in rules)
            if (NamePattern.Match(rule.Theirs, name) is { } parts)
                return ([.. rule.Ours.Select(ours => NamePattern.Fill(ours, parts))], rule.Transform);
        return ([name], null);
    }

    private static string Unwrapped(string name)
    {
        name = string.Join('.', name.Split('.').Where(part => !Wrappers.Contains(part)));
        while (WrappersInFront.FirstOrDefault(wrapper => name.StartsWith(wrapper + ".", StringComparison.Ordinal)) is { } front)
            name = name[(front.Length + 1)..];
        return name;
    }

    private sealed record NameRule(string Theirs, IReadOnlyList<string> Ours, Func<Tensor, Tensor>? Transform);
}
