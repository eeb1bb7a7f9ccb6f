namespace TorchSharp;

/// <summary>How a tensor is written as text.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, type and device.</summary>
    Metadata,
    Julia,
    Numpy,
    CSharp,

    /// <summary>What <c>torch.TensorStringStyle</c> says.</summary>
    Default,
}
