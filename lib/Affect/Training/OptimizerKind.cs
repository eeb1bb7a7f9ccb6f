namespace Affect.Training;

/// <summary>How gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay: Loshchilov and Hutter, arXiv:1711.05101.</summary>
    AdamW,

    /// <summary>Adam, its weight decay part of the gradient: Kingma and Ba, arXiv:1412.6980. The MER2024 baseline's choice.</summary>
    Adam,

    /// <summary>Gradient descent with a momentum of 0.9.</summary>
    Sgd,
}
