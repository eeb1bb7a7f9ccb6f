namespace Affect.Adapters.Adaptation;

/// <summary>How adapters learn from clips without labels: by rebuilding hidden frames.</summary>
/// <remarks>See <see cref="Affect.Adapters.Adaptation.MaskedReconstruction"/>. Two phases by default, as methods.md reconstructs arXiv:2409.05015: first this, then the labels.</remarks>
public sealed record MaskedPhaseConfig
{
    /// <summary>Epochs over all clips before the labelled ones are learned; 0: none.</summary>
    public int Epochs { get; init => field = Require.AtLeast(0, value, nameof(Epochs)); } = 3;

    /// <summary>The highest learning rate of that phase.</summary>
    public double LearningRate { get; init => field = Require.Between(1e-12, 1e3, value, nameof(LearningRate)); } = 1e-3;

    /// <summary>λ, the weight of the loss beside cross-entropy in the labelled phase (joint training); 0: not there.</summary>
    public double JointWeight { get; init => field = Require.AtLeast(0.0, value, nameof(JointWeight)); }

    /// <summary>The chance that a frame begins a hidden span.</summary>
    public double Start { get; init => field = Require.Between(0.0, 1.0, value, nameof(Start)); } = 0.065;

    /// <summary>Frames per hidden span; HuBERT's are 20 ms each.</summary>
    public int Span { get; init => field = Require.AtLeast(1, value, nameof(Span)); } = 10;
}
