namespace Affect.Notebook.Figures;

/// <summary>The range of layers that was chosen, or that none stands out.</summary>
/// <param name="First">The first chosen layer.</param>
/// <param name="Last">The last chosen layer.</param>
/// <param name="IsTooFlat">The curve does not tell this range from the other layers: it is shown as no choice.</param>
public sealed record ChosenLayers(int First, int Last, bool IsTooFlat = false);
