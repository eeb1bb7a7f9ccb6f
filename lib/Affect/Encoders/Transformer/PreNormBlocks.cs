namespace Affect.Encoders.Transformer;

/// <summary>Blocks one after the other: from the input of the first to N + 1 states.</summary>
internal sealed class PreNormBlocks : Module
{
    private readonly ModuleList<PreNormBlock> layers;

    internal PreNormBlocks(BlockConfig config, int count)
        : base(nameof(PreNormBlocks))
    {
        layers = new ModuleList<PreNormBlock>([.. Enumerable.Range(0, count).Select(_ => new PreNormBlock(config))]);
        RegisterComponents();
    }

    /// <summary>Runs the blocks up to a state.</summary>
    /// <param name="input"><c>[batch, frames, hidden]</c>; it becomes state 0.</param>
    /// <param name="mask">Added to the attention scores; null: every frame is valid.</param>
    /// <param name="lastLayer">The last state wanted, 0…N.</param>
    /// <returns><paramref name="lastLayer"/> + 1 states, each <c>[batch, frames, hidden]</c>; the first is the input itself.</returns>
    internal List<Tensor> Run(Tensor input, Tensor? mask, int lastLayer)
    {
        var states = new List<Tensor>(lastLayer + 1) { input };
        for (var layer = 0; layer < lastLayer; layer++)
        {
            Interruption.Check();
            states.Add(layers[layer].call(states[^1], mask));
        }
        return states;
    }
}
