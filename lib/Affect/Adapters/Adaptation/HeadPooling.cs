namespace Affect.Adapters.Adaptation;

/// <summary>How a head makes one vector of a clip's frames.</summary>
public enum HeadPooling
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The mean and the standard deviation.</summary>
    MeanAndDeviation,

    /// <summary>A weighted mean and deviation whose weights are learned (attentive statistics; Okabe et al., arXiv:1803.10963).</summary>
    Attention,
}
