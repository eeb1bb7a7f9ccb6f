namespace Affect.Encoders.BagOfWords;

/// <summary>Each token as a vector that is 1 at its own place: the mean over a text says how often each token stands in it, and nothing of their order. What an encoder must beat.</summary>
/// <param name="tokenizer">Decides the tokens.</param>
public sealed class BagOfWordsEncoder(ITokenizer tokenizer) : ITextEncoder
{
    private readonly ITokenizer tokenizer = tokenizer ?? throw new ArgumentNullException(nameof(tokenizer));

    /// <inheritdoc/>
    public string Name => "bag of words";

    /// <inheritdoc/>
    public int Layers => 0;

    /// <inheritdoc/>
    public int HiddenSize => tokenizer.VocabularySize;

    /// <inheritdoc/>
    public string Fingerprint => $"bag of {tokenizer.Fingerprint}";

    /// <inheritdoc/>
    public TextStates Encode(IReadOnlyList<string> texts, int? lastLayer = null)
    {
        Require.NotEmpty(texts);
        Require.Between(0, 0, lastLayer ?? 0, nameof(lastLayer));
        using var scope = NewDisposeScope();
        var batch = tokenizer.Batch(texts);
        var state = F.one_hot(batch.Ids, tokenizer.VocabularySize).to(ScalarType.Float32);
        return new TextStates([state], batch.Mask, batch.TextMask).MoveToOuterDisposeScope();
    }

    /// <summary>Nothing: there are no weights.</summary>
    public void Dispose()
    {
    }
}
