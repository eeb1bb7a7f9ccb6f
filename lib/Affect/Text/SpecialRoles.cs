namespace Affect.Text;

/// <summary>Which token plays which part in a model's input.</summary>
public sealed record SpecialRoles
{
    /// <summary>Stands before every text (<c>cls_token</c> or <c>bos_token</c>).</summary>
    public required SpecialToken Start { get; init; }

    /// <summary>Stands after every text (<c>sep_token</c> or <c>eos_token</c>).</summary>
    public required SpecialToken End { get; init; }

    /// <summary>Stands for what the vocabulary does not hold.</summary>
    public required SpecialToken Unknown { get; init; }

    /// <summary>Fills the end of short texts.</summary>
    public required SpecialToken Pad { get; init; }

    /// <summary>Hides a token in masked language modelling; null: the model knows none.</summary>
    public SpecialToken? Mask { get; init; }

    /// <summary>Further tokens that are never cut.</summary>
    public IReadOnlyList<SpecialToken> Others { get; init; } = [];

    /// <summary>The roles' tokens as BERT numbers them: padding, unknown, start, end, mask.</summary>
    internal IEnumerable<string> Ordered => new[] { Pad, Unknown, Start, End, Mask }.OfType<SpecialToken>().Select(token => token.Content).Distinct();
}
