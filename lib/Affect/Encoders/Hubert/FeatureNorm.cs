namespace Affect.Encoders.Hubert;

/// <summary>How HuBERT's convolutions are normalised.</summary>
public enum FeatureNorm
{
    /// <summary>Over time, each channel by itself, after the first convolution only: base models. Padding changes every frame.</summary>
    [Spelling("group")]
    Group,

    /// <summary>Over channels, each frame by itself, after every convolution: large models.</summary>
    [Spelling("layer")]
    Layer,
}
