namespace Affect.Adapters.Bottleneck;

/// <summary>Where a bottleneck sits in a block.</summary>
public enum BottleneckPlacement
{
    /// <summary>After the whole block, on the sum that runs through all blocks (serial): where transformers has <c>adapter_layer</c>.</summary>
    AfterBlock,

    /// <summary>Beside the position-wise network, from its input to its output (parallel; He et al., arXiv:2110.04366).</summary>
    BesideFeedForward,
}
