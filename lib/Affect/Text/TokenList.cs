namespace Affect.Text;

/// <summary>One text, or a pair of texts, as token ids with the special tokens that the model expects around them.</summary>
public sealed record TokenList
{
    /// <summary>The ids.</summary>
    public required IReadOnlyList<int> Ids { get; init; }

    /// <summary>Which text each token belongs to: 0 for the first, 1 for the second where the model tells them apart.</summary>
    public required IReadOnlyList<int> Types { get; init; }

    /// <summary>True where a token was put around the text and stands for none of it.</summary>
    public required IReadOnlyList<bool> IsSpecial { get; init; }

    /// <summary>How many tokens of the text were cut off at the end.</summary>
    public int Truncated { get; init; }
}
