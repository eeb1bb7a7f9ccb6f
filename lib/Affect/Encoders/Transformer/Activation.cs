namespace Affect.Encoders.Transformer;

/// <summary>The non-linear function between two linear maps.</summary>
public enum Activation
{
    /// <summary><c>x Φ(x)</c>, exact (Hendrycks and Gimpel, arXiv:1606.08415).</summary>
    Gelu,

    /// <summary>GELU by the tanh formula of the same paper.</summary>
    GeluTanh,

    /// <summary><c>x σ(1.702 x)</c>, CLIP's approximation of GELU.</summary>
    QuickGelu,

    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>x σ(x)</c>.</summary>
    Silu,
}
