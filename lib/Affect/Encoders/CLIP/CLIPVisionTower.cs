namespace Affect.Encoders.CLIP;

/// <summary>A vision transformer over the patches of a picture.</summary>
internal sealed class CLIPVisionTower : Module
{
    private readonly CLIPVisionEmbeddings embeddings;
    private readonly LayerNorm firstNorm;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm lastNorm;

    internal CLIPVisionTower(CLIPVisionConfig config)
        : base(nameof(CLIPVisionTower))
    {
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        embeddings = this.Place("embeddings", new CLIPVisionEmbeddings(config));
        // transformers' own spelling, and so that of every file
        firstNorm = this.Place("pre_layrnorm", nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        blocks = this.Place("encoder.layers", TransformerBlocks.Of(config.Block));
        lastNorm = this.Place("post_layernorm", nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
    }

    /// <summary>The states of all tokens.</summary>
    /// <param name="pixels"><c>[frames, 3, size, size]</c></param>
    /// <returns>N + 1 states <c>[frames, tokens, hidden]</c>.</returns>
    internal List<Tensor> Run(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        return blocks.Run(firstNorm.call(embeddings.call(pixels)), mask: null, blocks.Count).ToOuterScope();
    }

    /// <summary>The normed class token of a state.</summary>
    /// <param name="state"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, hidden]</c></returns>
    internal Tensor Pool(Tensor state)
    {
        using var scope = NewDisposeScope();
        return lastNorm.call(state.select(1, 0)).MoveToOuterDisposeScope();
    }

    internal void Initialise(Generator generator) => embeddings.Initialise(generator);
}
