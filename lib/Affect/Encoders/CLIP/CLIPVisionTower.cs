namespace Affect.Encoders.CLIP;

/// <summary>A vision transformer over the patches of a picture.</summary>
internal sealed class CLIPVisionTower : Module
{
    private readonly CLIPVisionEmbeddings embeddings;
    private readonly LayerNorm pre_layrnorm; // transformers' own spelling, and so that of every file
    private readonly PreNormBlocks encoder;
    private readonly LayerNorm post_layernorm;

    internal CLIPVisionTower(CLIPVisionConfig config)
        : base(nameof(CLIPVisionTower))
    {
        embeddings = new CLIPVisionEmbeddings(config);
        pre_layrnorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        encoder = new PreNormBlocks(config.Block, config.Layers);
        post_layernorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <summary>The states of all tokens, and the normed class token of the last one.</summary>
    /// <param name="pixels"><c>[frames, 3, size, size]</c></param>
    /// <param name="layers">N.</param>
    /// <returns>N + 1 states <c>[frames, tokens, hidden]</c>, and <c>[frames, hidden]</c>.</returns>
    internal (List<Tensor> States, Tensor Pooled) Run(Tensor pixels, int layers)
    {
        using var scope = NewDisposeScope();
        var states = encoder.Run(pre_layrnorm.call(embeddings.call(pixels)), mask: null, layers);
        var pooled = Pool(states[^1]);
        foreach (var state in states) state.MoveToOuterDisposeScope();
        return (states, pooled.MoveToOuterDisposeScope());
    }

    /// <summary>The normed class token of a state.</summary>
    /// <param name="state"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, hidden]</c></returns>
    internal Tensor Pool(Tensor state)
    {
        using var scope = NewDisposeScope();
        return post_layernorm.call(state.select(1, 0)).MoveToOuterDisposeScope();
    }

    internal void Initialise(CLIPVisionConfig config, Generator generator) => embeddings.Initialise(config, generator);
}
