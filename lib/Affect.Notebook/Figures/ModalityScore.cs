namespace Affect.Notebook.Figures;

/// <summary>What one set of modalities scores, and what it could score at best.</summary>
public sealed record ModalityScore
{
    /// <summary>What is looked at.</summary>
    public required Modalities Modalities { get; init; }

    /// <summary>The best that can be expected, where it is known (synthetic data).</summary>
    public double? Ceiling { get; init; }

    /// <summary>What a method scored, where one was tried.</summary>
    public Interval? Score { get; init; }

    /// <summary>As in <c>acoustic + visual</c>.</summary>
    internal string Name => string.Join(" + ", Parts);

    /// <summary>The names of the single modalities.</summary>
    internal IReadOnlyList<string> Parts =>
        [.. ((Modalities[])[Modalities.Acoustic, Modalities.Visual, Modalities.Lexical]).Where(part => Modalities.HasFlag(part)).Select(part => part.ToString().ToLowerInvariant())];
}
