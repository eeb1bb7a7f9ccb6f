namespace Affect.Encoders.CLIP;

/// <summary>The shape of CLIP's picture tower.</summary>
public sealed record CLIPVisionConfig : TransformerConfig
{
    /// <summary>ViT-B/32's.</summary>
    public CLIPVisionConfig() => Activation = Activation.QuickGelu;

    /// <summary>The side of a picture, in pixels (<c>image_size</c>).</summary>
    [ConfigField("image_size")]
    public int ImageSize { get; init => field = Require.AtLeast(1, value); } = 224;

    /// <summary>The side of a patch, in pixels (<c>patch_size</c>).</summary>
    [ConfigField("patch_size")]
    public int PatchSize { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    [ConfigField("attention_dropout")]
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Patches of a picture.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

    internal BlockConfig Block => BlockOf(BlockNames.CLIP) with { AttentionDropout = AttentionDropout };
}
