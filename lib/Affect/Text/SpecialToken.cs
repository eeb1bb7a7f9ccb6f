namespace Affect.Text;

/// <summary>A token that is never cut, and how it is found in a text.</summary>
/// <remarks>transformers 4.46, <c>AddedToken</c>.</remarks>
public sealed record SpecialToken
{
    /// <summary>As it stands in a text.</summary>
    public required string Content { get; init => field = NotEmpty(value); }

    /// <summary>Whether it swallows the space before it (<c>lstrip</c>).</summary>
    public bool TakesSpaceBefore { get; init; }

    /// <summary>Whether it swallows the space after it (<c>rstrip</c>).</summary>
    public bool TakesSpaceAfter { get; init; }

    private static string NotEmpty(string content)
    {
        ArgumentException.ThrowIfNullOrEmpty(content);
        return content;
    }
}
