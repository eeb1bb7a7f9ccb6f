namespace Affect.Encoders.CLIP;

/// <summary>A transformer over the tokens of a text, each seeing only those before it; the end token stands for the text.</summary>
internal sealed class CLIPTextTower : Module
{
    // What transformers 4.46 takes as the sign of a config.json whose end token is wrong.
    private const int WrongEndToken = 2;

    private readonly CLIPTextEmbeddings embeddings;
    private readonly PreNormBlocks encoder;
    private readonly LayerNorm final_layer_norm;
    private readonly int endToken;

    internal CLIPTextTower(CLIPTextConfig config)
        : base(nameof(CLIPTextTower))
    {
        embeddings = new CLIPTextEmbeddings(config);
        encoder = new PreNormBlocks(config.Block, config.Layers);
        final_layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        endToken = config.EndToken;
        RegisterComponents();
    }

    /// <summary>The states of all tokens, and the normed end token of the last one.</summary>
    /// <param name="tokens"><c>[texts, tokens]</c>, Int64.</param>
    /// <param name="mask"><c>[texts, tokens]</c>, 1 where a token is one; null: everywhere.</param>
    /// <param name="layers">N.</param>
    /// <returns>N + 1 states <c>[texts, tokens, hidden]</c>, and <c>[texts, hidden]</c>.</returns>
    internal (List<Tensor> States, Tensor Pooled) Run(Tensor tokens, Tensor? mask, int layers)
    {
        using var scope = NewDisposeScope();
        var input = embeddings.call(tokens);
        var states = encoder.Run(input, Causal(tokens, mask, input.dtype), layers);
        var last = final_layer_norm.call(states[^1]);
        var end = Ends(tokens).view(-1, 1, 1).expand(-1, 1, last.shape[2]);
        var pooled = last.gather(1, end).squeeze(1);
        foreach (var state in states) state.MoveToOuterDisposeScope();
        return (states, pooled.MoveToOuterDisposeScope());
    }

    internal void Initialise(Generator generator) => embeddings.Initialise(generator);

    // [texts, 1, tokens, tokens] or [1, 1, tokens, tokens]
    private static Tensor Causal(Tensor tokens, Tensor? mask, ScalarType type)
    {
        var length = tokens.shape[1];
        var allowed = ones(new long[] { length, length }, dtype: ScalarType.Int64, device: tokens.device).tril().ne(0).view(1, 1, length, length);
        if (mask is not null) allowed = allowed.mul(mask.ne(0).view(-1, 1, 1, length));
        return zeros(allowed.shape, dtype: type, device: tokens.device).masked_fill(~allowed, FrameMask.Lowest(type));
    }

    // The position of each text's first end token, [texts].
    private Tensor Ends(Tensor tokens)
    {
        var isEnd = endToken == WrongEndToken ? tokens.eq(tokens.amax(new long[] { 1 }, keepdim: true)) : tokens.eq(endToken);
        if (!isEnd.any(1).all().ToBoolean())
            throw new ArgumentException($"tokens must hold the end token {endToken} in every text, but one has none; cut texts before the end token is added.", nameof(tokens));
        // Positions falling from the left: the largest marks the first.
        var falling = arange(tokens.shape[1], 0, -1, dtype: ScalarType.Int64, device: tokens.device);
        return isEnd.to(ScalarType.Int64).mul(falling).argmax(1);
    }
}
