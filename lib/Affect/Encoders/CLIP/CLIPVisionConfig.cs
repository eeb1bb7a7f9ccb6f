namespace Affect.Encoders.CLIP;

/// <summary>The shape of CLIP's picture tower.</summary>
public sealed record CLIPVisionConfig
{
    /// <summary>The size of a patch's state (<c>hidden_size</c>).</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 768;

    /// <summary>Blocks (<c>num_hidden_layers</c>).</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>Attention heads (<c>num_attention_heads</c>).</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>The inner size of the position-wise network (<c>intermediate_size</c>).</summary>
    public int FeedForwardSize { get; init => field = Require.AtLeast(1, value); } = 3072;

    /// <summary>The side of a picture, in pixels (<c>image_size</c>).</summary>
    public int ImageSize { get; init => field = Require.AtLeast(1, value); } = 224;

    /// <summary>The side of a patch, in pixels (<c>patch_size</c>).</summary>
    public int PatchSize { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>In the position-wise network (<c>hidden_act</c>).</summary>
    public Activation Activation { get; init; } = Activation.QuickGelu;

    /// <summary>ε of the norms (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEpsilon { get; init => field = Require.Between(0, 1, value); } = 1e-5;

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Patches of a picture.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

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
