namespace Affect.Probing;

/// <summary>A probe that has learned. <see cref="FittedProbes"/> adds <c>Predict</c> and <c>Score</c>.</summary>
public interface IFittedProbe
{
    /// <summary>Whether the fit converged; where it did not, the features are degenerate.</summary>
    bool HasSettled => true;

    /// <summary>How probable each class is for each clip.</summary>
    /// <param name="features">Features as the probe has learned from, <c>[clips, dims]</c>; they stay the caller's.</param>
    /// <returns><c>[clips, classes]</c>, float32, each row with sum 1; the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">The features are of another shape.</exception>
    Tensor Probabilities(Tensor features);
}
