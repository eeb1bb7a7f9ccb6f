namespace Affect.Data;

/// <summary>The parts that a corpus can be divided into.</summary>
public static class SplitNames
{
    /// <summary>Labelled clips to learn from.</summary>
    public const string Train = "train";

    /// <summary>Labelled clips to choose settings on.</summary>
    public const string Validation = "val";

    /// <summary>Labelled clips for the reported number only.</summary>
    public const string Test = "test";

    /// <summary>Clips whose emotion nobody wrote down.</summary>
    public const string Unlabelled = "unlabelled";

    /// <summary>Every part, in the order in which an experiment meets them.</summary>
    public static IReadOnlyList<string> All { get; } = [Train, Validation, Test, Unlabelled];

    // The other spellings that published corpora use.
    internal static string? Canonical(string text) => text.ToLowerInvariant() switch
    {
        Train or "training" => Train,
        Validation or "valid" or "validation" or "dev" or "development" => Validation,
        Test => Test,
        Unlabelled or "unlabeled" => Unlabelled,
        _ => null,
    };
}
