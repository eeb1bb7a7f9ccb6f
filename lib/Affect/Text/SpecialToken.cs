namespace Affect.Text;

/// <summary>A token that is never cut, and how it is found in a text.</summary>
/// <remarks>transformers 4.46, <c>AddedToken</c>.</remarks>
public sealed record SpecialToken
{
    /// <summary>As it stands in a text.</summary>
    public required string Content { get; init => field = Require.NotEmpty(value); }

    /// <summary>Whether it swallows the space before it (<c>lstrip</c>).</summary>
    public bool TakesSpaceBefore { get; init; }

    /// <summary>Whether it swallows the space after it (<c>rstrip</c>).</summary>
    public bool TakesSpaceAfter { get; init; }

    /// <summary>The token as <c>tokenizer_config.json</c> has it.</summary>
    internal JsonNode ToJson() => this is { TakesSpaceBefore: false, TakesSpaceAfter: false }
        ? JsonValue.Create(Content)
        : new JsonObject
        {
            ["__type"] = "AddedToken",
            ["content"] = Content,
            ["lstrip"] = TakesSpaceBefore,
            ["normalized"] = true,
            ["rstrip"] = TakesSpaceAfter,
            ["single_word"] = false,
        };

    /// <summary>A token by its entry in a file.</summary>
    /// <exception cref="FormatException">It asks for something that is not done here.</exception>
    internal static SpecialToken Read(JsonObject entry, string content, string path) => entry["single_word"].IsTrue()
        ? throw new FormatException(
            $"{path}: 'single_word' of the token '{content}' is true, which is not done here: the token would be found inside words too.")
        : new SpecialToken { Content = content, TakesSpaceBefore = entry["lstrip"].IsTrue(), TakesSpaceAfter = entry["rstrip"].IsTrue() };
}
