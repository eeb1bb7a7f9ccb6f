namespace Affect.Encoders.Transformer;

/// <summary>The non-linear function between two linear maps, under transformers' names.</summary>
public enum Activation
{
    /// <summary><c>x Φ(x)</c>, exact (Hendrycks and Gimpel, arXiv:1606.08415).</summary>
    [Spelling("gelu", "gelu_python")]
    Gelu,

    /// <summary>GELU by the tanh formula of the same paper.</summary>
    [Spelling("gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate")]
    GeluTanh,

    /// <summary><c>x σ(1.702 x)</c>, CLIP's approximation of GELU.</summary>
    [Spelling("quick_gelu")]
    QuickGelu,

    /// <summary><c>max(x, 0)</c>.</summary>
    [Spelling("relu")]
    Relu,

    /// <summary><c>x σ(x)</c>.</summary>
    [Spelling("silu", "swish")]
    Silu,
}
