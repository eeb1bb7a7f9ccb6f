namespace Affect.Adapters.Ia3;

/// <summary>One factor per number: on the keys, on the values, and on the inner activations of the position-wise network; initially 1.</summary>
/// <remarks>
/// Liu et al., <em>Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than In-Context Learning</em>, arXiv:2205.05638, section 3.3.
/// Names and files as PEFT has them: position-wise modules are scaled at their input, the others at their output.
/// </remarks>
public sealed record Ia3Config : AdapterConfig
{
    private static readonly string[] Usual = ["output_dense", "fc2", "output.dense"];

    /// <summary>Which of the adapted modules are scaled at their input: names or endings of paths.</summary>
    public IReadOnlyList<string> FeedForwardModules { get; init; } = Usual;

    /// <inheritdoc/>
    public override string Method => "ia3";

    /// <inheritdoc/>
    public override bool CanMerge => true;

    internal override IReadOnlyList<string> UsualModules => ["k_proj", "v_proj", "output_dense", "fc2", "key", "value", "output.dense"];

    /// <inheritdoc/>
    protected override string Describe() => FeedForwardModules.SequenceEqual(Usual, StringComparer.Ordinal) ? "IA3" : $"IA3 at the input of {string.Join(", ", FeedForwardModules)}";

    internal bool IsFeedForward(string path) => FeedForwardModules.Any(name => ModuleFinder.Matches(path, name));

    internal override bool Fits(string path, Module module) => module is LinearMap;

    internal override AdapterPart CreatePart(string path, Module module, Generator generator) => new Ia3Part((LinearMap)module, IsFeedForward(path));
}
