namespace Affect.Encoders.Transformer;

/// <summary>What the <c>config.json</c> of every transformer says of its blocks, under transformers' names of fields.</summary>
public abstract record TransformerConfig
{
    /// <summary>The size of a frame, token or patch; a multiple of the heads (<c>hidden_size</c>).</summary>
    [ConfigField("hidden_size")]
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 768;

    /// <summary>N, the number of blocks (<c>num_hidden_layers</c>).</summary>
    [ConfigField("num_hidden_layers")]
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>Attention heads per block (<c>num_attention_heads</c>).</summary>
    [ConfigField("num_attention_heads")]
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>The inner size of the position-wise network (<c>intermediate_size</c>).</summary>
    [ConfigField("intermediate_size")]
    public int FeedForwardSize { get; init => field = Require.AtLeast(1, value); } = 3072;

    /// <summary>In the position-wise network (<c>hidden_act</c>).</summary>
    [ConfigField("hidden_act")]
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>ε of the transformer's layer norms (<c>layer_norm_eps</c>).</summary>
    [ConfigField("layer_norm_eps")]
    public double LayerNormEpsilon { get; init => field = Require.Between(0, 1, value); } = 1e-5;
}
