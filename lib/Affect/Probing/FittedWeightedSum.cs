namespace Affect.Probing;

/// <summary>A weighted sum of layers with a linear head, as <see cref="WeightedSumProbe"/> has learned it.</summary>
public sealed class FittedWeightedSum : IFittedProbe
{
    private readonly FittedProbe head; // on all layers' dimensions at once

    internal FittedWeightedSum(FittedProbe head, IReadOnlyList<double> weights) => (this.head, Weights) = (head, weights);

    /// <summary>The layers' weights; they sum to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <inheritdoc/>
    /// <param name="features"><c>[clips, layers, dims]</c></param>
    public Tensor Probabilities(Tensor features) => head.Probabilities(features);
}
