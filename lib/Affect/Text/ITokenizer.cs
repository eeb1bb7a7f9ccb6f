namespace Affect.Text;

/// <summary>Turns text into the token ids of one vocabulary and back.</summary>
public interface ITokenizer
{
    /// <summary>How many ids there are: every id is below it.</summary>
    int VocabularySize { get; }

    /// <summary>The most tokens that the model takes, special ones included.</summary>
    int MaxLength { get; }

    /// <summary>The id that fills the end of short texts in a batch.</summary>
    int PadId { get; }

    /// <summary>The id that hides a token in masked language modelling; null where the model knows none.</summary>
    int? MaskId { get; }

    /// <summary>A hash of everything that the ids depend on, hexadecimal.</summary>
    string Fingerprint { get; }

    /// <summary>The ids of the special tokens.</summary>
    IReadOnlyList<int> SpecialIds { get; }

    /// <summary>Turns a text, or a pair of texts, into ids; special tokens of the vocabulary that stand in the text are taken as such.</summary>
    /// <param name="text">Any text, even an empty one.</param>
    /// <param name="second">The second text of a pair; null: there is none.</param>
    /// <param name="maxLength">The most tokens, special ones included; null: <see cref="MaxLength"/>. Of a pair the longer text is cut.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> leaves no room for the special tokens.</exception>
    TokenList Encode(string text, string? second = null, int? maxLength = null);

    /// <summary>Turns ids back into text.</summary>
    /// <param name="ids">Ids below <see cref="VocabularySize"/>.</param>
    /// <param name="skipsSpecial">Whether special tokens are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    string Decode(IReadOnlyList<int> ids, bool skipsSpecial = true);

    /// <summary>Writes the Hugging Face files that the tokenizer can be read from again.</summary>
    /// <param name="folder">Made if it is missing.</param>
    void Save(string folder);

    /// <summary>Turns texts into one padded batch; its tensors belong to the current dispose scope.</summary>
    /// <param name="texts">At least one.</param>
    /// <param name="maxLength">The most tokens of each; null: <see cref="MaxLength"/>.</param>
    /// <param name="length">The length to pad to; null: that of the longest.</param>
    TokenBatch Batch(IReadOnlyList<string> texts, int? maxLength = null, int? length = null)
    {
        Require.NotEmpty(texts);
        return new TokenBatch([.. texts.Select(text => Encode(text, maxLength: maxLength))], PadId, length);
    }
}
