namespace Affect.Encoders.CLIP;

/// <summary>The shape of CLIP's picture tower.</summary>
public sealed record CLIPVisionConfig : PictureTransformerConfig
{
    /// <summary>ViT-B/32's.</summary>
    public CLIPVisionConfig() => (PatchSize, Activation) = (32, Activation.QuickGelu);

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    [ConfigField("attention_dropout")]
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    internal BlockConfig Block => new(this) { Names = BlockNames.CLIP, AttentionDropout = AttentionDropout };
}
