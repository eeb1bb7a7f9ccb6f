namespace Affect.Encoders.Vit;

/// <summary>Blocks one after the other: from the input of the first to N + 1 states.</summary>
internal sealed class VitBlocks : Module
{
    private readonly ModuleList<VitBlock> layer;

    internal VitBlocks(VitConfig config)
        : base(nameof(VitBlocks))
    {
        layer = new ModuleList<VitBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new VitBlock(config))]);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, tokens, hidden]</c>; it becomes state 0.</param>
    /// <returns>N + 1 states, each <c>[frames, tokens, hidden]</c>; the first is the input itself.</returns>
    internal List<Tensor> Run(Tensor input)
    {
        var states = new List<Tensor>(layer.Count + 1) { input };
        for (var block = 0; block < layer.Count; block++)
        {
            Interruption.Check();
            states.Add(layer[block].call(states[^1]));
        }
        return states;
    }
}
