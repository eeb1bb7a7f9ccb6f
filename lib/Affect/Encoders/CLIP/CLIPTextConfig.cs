namespace Affect.Encoders.CLIP;

/// <summary>The shape of CLIP's text tower.</summary>
public sealed record CLIPTextConfig
{
    /// <summary>Tokens of the vocabulary (<c>vocab_size</c>).</summary>
    public int VocabularySize { get; init => field = Require.AtLeast(1, value); } = 49408;

    /// <summary>The most tokens of a text (<c>max_position_embeddings</c>).</summary>
    public int MaximumTokens { get; init => field = Require.AtLeast(1, value); } = 77;

    /// <summary>The size of a token's state (<c>hidden_size</c>).</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 512;

    /// <summary>Blocks (<c>num_hidden_layers</c>).</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>Attention heads (<c>num_attention_heads</c>).</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>The inner size of the position-wise network (<c>intermediate_size</c>).</summary>
    public int FeedForwardSize { get; init => field = Require.AtLeast(1, value); } = 2048;

    /// <summary>In the position-wise network (<c>hidden_act</c>).</summary>
    public Activation Activation { get; init; } = Activation.QuickGelu;

    /// <summary>ε of the norms (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEpsilon { get; init => field = Require.Between(0, 1, value); } = 1e-5;

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>The token that begins a text (<c>bos_token_id</c>).</summary>
    public int StartToken { get; init => field = Require.AtLeast(0, value); } = 49406;

    /// <summary>
    /// The token that ends a text and whose state stands for all of it (<c>eos_token_id</c>). In OpenAI's own checkpoints this field is wrong, always 2;
    /// the highest token of a text then counts as its end, as in transformers.
    /// </summary>
    public int EndToken { get; init => field = Require.AtLeast(0, value); } = 49407;

    /// <summary>The token that fills a batch up (<c>pad_token_id</c>).</summary>
    public int PaddingToken { get; init => field = Require.AtLeast(0, value); } = 1;

    internal BlockConfig Block => new()
    {
        HiddenSize = HiddenSize,
        Heads = Heads,
        FeedForwardSize = FeedForwardSize,
        Activation = Activation,
        LayerNormEpsilon = LayerNormEpsilon,
        AttentionDropout = AttentionDropout,
    };
}
