namespace Affect.Encoders.Bert;

/// <summary>Blocks one after the other: from the embeddings to N + 1 states.</summary>
internal sealed class BertBlocks : Module
{
    private readonly ModuleList<BertBlock> layer;

    internal BertBlocks(BertConfig config)
        : base(nameof(BertBlocks))
    {
        layer = new ModuleList<BertBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new BertBlock(config))]);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, tokens, hidden]</c>; it becomes state 0.</param>
    /// <param name="mask"><c>[batch, 1, 1, tokens]</c>, added to the attention scores.</param>
    /// <param name="lastLayer">The last state wanted, 0…N.</param>
    /// <returns><paramref name="lastLayer"/> + 1 states; the first is the input itself.</returns>
    internal List<Tensor> Run(Tensor input, Tensor mask, int lastLayer)
    {
        var states = new List<Tensor>(lastLayer + 1) { input };
        for (var block = 0; block < lastLayer; block++)
        {
            Interruption.Check();
            states.Add(layer[block].call(states[^1], mask));
        }
        return states;
    }
}
