namespace Affect.Data;

/// <summary>A set of modalities: what a method may look at.</summary>
[Flags]
public enum Modalities
{
    /// <summary>Nothing: only how frequent each emotion is.</summary>
    None = 0,

    /// <summary>How it is said.</summary>
    Acoustic = 1,

    /// <summary>What the face does.</summary>
    Visual = 2,

    /// <summary>What is said.</summary>
    Lexical = 4,

    /// <summary>All three.</summary>
    All = Acoustic | Visual | Lexical,
}
