namespace TorchSharp;

/// <summary>Which direction of a Fourier transform is divided by its length.</summary>
public enum FFTNormType
{
    Backward,
    Forward,
    Ortho,
}
