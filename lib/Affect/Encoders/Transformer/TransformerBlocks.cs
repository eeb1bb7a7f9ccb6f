namespace Affect.Encoders.Transformer;

/// <summary>Blocks one after the other.</summary>
public static class TransformerBlocks
{
    /// <summary>Makes blocks of one shape.</summary>
    /// <param name="config">The shape, and how many.</param>
    public static ModuleList<TransformerBlock> Of(BlockConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new([.. Enumerable.Range(0, config.Layers).Select(_ => new TransformerBlock(config))]);
    }

    /// <summary>Runs blocks from one state to another.</summary>
    /// <param name="blocks">All blocks.</param>
    /// <param name="input">State <paramref name="from"/>, <c>[batch, frames, hidden]</c>.</param>
    /// <param name="mask">As in <see cref="SelfAttention.forward"/>.</param>
    /// <param name="lastLayer">The last state wanted.</param>
    /// <param name="from">Which state the input is.</param>
    /// <param name="layerDrop">The chance that a block is skipped (arXiv:1909.11556): it passes its input on, and the number of states stays.</param>
    /// <returns>The states <paramref name="from"/> (the tensor given) to <paramref name="lastLayer"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such states.</exception>
    public static List<Tensor> Run(
        this ModuleList<TransformerBlock> blocks, Tensor input, Tensor? mask, int lastLayer, int from = 0, double layerDrop = 0)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        Require.Between(0, blocks.Count, lastLayer, nameof(lastLayer));
        Require.Between(0, lastLayer, from, nameof(from));
        var states = new List<Tensor>(lastLayer - from + 1) { input };
        for (var layer = from; layer < lastLayer; layer++)
        {
            Interruption.Check();
            states.Add(layerDrop > 0 && SeededDropout.Drops(layerDrop) ? states[^1].alias() : blocks[layer].call(states[^1], mask));
        }
        return states;
    }

    /// <summary>Moves states to the dispose scope around the current one.</summary>
    /// <param name="states">The states.</param>
    /// <param name="first">The first that is moved; those before it are the caller's already.</param>
    public static List<Tensor> ToOuterScope(this List<Tensor> states, int first = 0)
    {
        ArgumentNullException.ThrowIfNull(states);
        foreach (var state in states.Skip(first)) state.MoveToOuterDisposeScope();
        return states;
    }
}
