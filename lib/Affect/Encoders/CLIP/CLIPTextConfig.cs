namespace Affect.Encoders.CLIP;

/// <summary>The shape of CLIP's text tower.</summary>
public sealed record CLIPTextConfig : TransformerConfig
{
    /// <summary>That of ViT-B/32.</summary>
    public CLIPTextConfig() => (HiddenSize, Heads, FeedForwardSize, Activation) = (512, 8, 2048, Activation.QuickGelu);

    /// <summary>Tokens of the vocabulary (<c>vocab_size</c>).</summary>
    [ConfigField("vocab_size")]
    public int VocabularySize { get; init => field = Require.AtLeast(1, value); } = 49408;

    /// <summary>The most tokens of a text (<c>max_position_embeddings</c>).</summary>
    [ConfigField("max_position_embeddings")]
    public int MaximumTokens { get; init => field = Require.AtLeast(1, value); } = 77;

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    [ConfigField("attention_dropout")]
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>The token that begins a text (<c>bos_token_id</c>).</summary>
    [ConfigField("bos_token_id")]
    public int StartToken { get; init => field = Require.AtLeast(0, value); } = 49406;

    /// <summary>
    /// The token that ends a text and whose state stands for all of it (<c>eos_token_id</c>). In OpenAI's own checkpoints this field is wrong, always 2;
    /// the highest token of a text then counts as its end, as in transformers.
    /// </summary>
    [ConfigField("eos_token_id")]
    public int EndToken { get; init => field = Require.AtLeast(0, value); } = 49407;

    /// <summary>The token that fills a batch up (<c>pad_token_id</c>).</summary>
    [ConfigField("pad_token_id")]
    public int PaddingToken { get; init => field = Require.AtLeast(0, value); } = 1;

    internal BlockConfig Block => new(this) { Names = BlockNames.CLIP, AttentionDropout = AttentionDropout };
}
