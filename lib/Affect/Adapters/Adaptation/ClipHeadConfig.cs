namespace Affect.Adapters.Adaptation;

/// <summary>How emotions are read from an encoder's states.</summary>
public sealed record ClipHeadConfig
{
    /// <summary>How frames become one vector.</summary>
    public HeadPooling Pooling { get; init; } = HeadPooling.MeanAndDeviation;

    /// <summary>Whether all states from the first adapted layer on are mixed by learned weights; otherwise only the last is read.</summary>
    public bool MixesLayers { get; init; } = true;

    /// <summary>The size of a hidden layer before the decision; 0: none, the decision is linear.</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(0, value, nameof(HiddenSize)); }

    /// <summary>The share of the pooled vector that training drops.</summary>
    public double Dropout { get; init => field = Require.Between(0.0, 0.95, value, nameof(Dropout)); }
}
