namespace Affect.Probing;

/// <summary>
/// A classifier that reads emotion from features of clips. <see cref="LayerProbe"/> and <see cref="FractionProbe"/> take any: implementing <see cref="Fit"/> is
/// enough. A probe that fits several penalties at once implements the other two members as well, and its penalty is then chosen for it.
/// </summary>
public interface IProbe
{
    /// <summary>The penalties to choose from, ascending; a single 0 where there is nothing to choose.</summary>
    IReadOnlyList<double> Penalties => [0];

    /// <summary>Learns from clips.</summary>
    /// <param name="features"><c>[clips, dims]</c>, float32; it stays the caller's.</param>
    /// <param name="labels">One class per clip.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>What it has learned.</returns>
    IFittedProbe Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default);

    /// <summary>Learns with every penalty.</summary>
    /// <returns>One per penalty.</returns>
    /// <inheritdoc cref="Fit"/>
    IReadOnlyList<IFittedProbe> FitAll(Tensor features, ProbeLabels labels, CancellationToken cancel = default) => [Fit(features, labels, cancel)];
}
