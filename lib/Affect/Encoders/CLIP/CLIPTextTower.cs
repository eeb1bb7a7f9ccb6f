namespace Affect.Encoders.CLIP;

/// <summary>A transformer over the tokens of a text, each seeing only those before it; the end token stands for the text.</summary>
internal sealed class CLIPTextTower : Module
{
    // What transformers 4.46 takes as the sign of a config.json whose end token is wrong.
    private const int WrongEndToken = 2;

    private readonly Embedding tokenTable;
    private readonly Embedding positionTable;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm finalNorm;
    private readonly int endToken;

    internal CLIPTextTower(CLIPTextConfig config)
        : base(nameof(CLIPTextTower))
    {
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        tokenTable = this.Place("embeddings.token_embedding", nn.Embedding(config.VocabularySize, config.HiddenSize));
        positionTable = this.Place("embeddings.position_embedding", nn.Embedding(config.MaximumTokens, config.HiddenSize));
        blocks = this.Place("encoder.layers", TransformerBlocks.Of(config.Block));
        finalNorm = this.Place("final_layer_norm", nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        endToken = config.EndToken;
    }

    /// <summary>The states of all tokens, and the normed end token of the last one.</summary>
    /// <param name="tokens"><c>[texts, tokens]</c>, Int64.</param>
    /// <param name="mask"><c>[texts, tokens]</c>, 1 where a token is one; null: everywhere.</param>
    /// <returns>N + 1 states <c>[texts, tokens, hidden]</c>, and <c>[texts, hidden]</c>.</returns>
    internal (List<Tensor> States, Tensor Pooled) Run(Tensor tokens, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var input = tokenTable.call(tokens) + positionTable.weight!.narrow(0, 0, tokens.shape[1]);
        var states = blocks.Run(input, Before(tokens, mask), blocks.Count);
        var last = finalNorm.call(states[^1]);
        var end = Ends(tokens).view(-1, 1, 1).expand(-1, 1, last.shape[2]);
        return (states.ToOuterScope(), last.gather(1, end).squeeze(1).MoveToOuterDisposeScope());
    }

    internal void Initialise(Generator generator)
    {
        tokenTable.weight!.normal_(0, 0.02, generator);
        positionTable.weight!.normal_(0, 0.02, generator);
    }

    // True where a token stands before another: [texts, 1, tokens, tokens] or [1, 1, tokens, tokens].
    private static Tensor Before(Tensor tokens, Tensor? mask)
    {
        var length = tokens.shape[1];
        var before = ones(new long[] { length, length }, dtype: ScalarType.Bool, device: tokens.device).tril().view(1, 1, length, length);
        return mask is null ? before : before.logical_and(FrameMask.Keys(mask.ne(0)));
    }

    // The position of each text's first end token, [texts].
    private Tensor Ends(Tensor tokens)
    {
        var isEnd = endToken == WrongEndToken ? tokens.eq(tokens.amax(new long[] { 1 }, keepdim: true)) : tokens.eq(endToken);
        if (!isEnd.any(1).all().ToBoolean())
        {
            throw new ArgumentException(
                $"tokens must hold the end token {endToken} in every text, but one has none; cut texts before the end token is added.", nameof(tokens));
        }
        // Positions falling from the left: the largest marks the first.
        var falling = arange(tokens.shape[1], 0, -1, dtype: ScalarType.Int64, device: tokens.device);
        return isEnd.to(ScalarType.Int64).mul(falling).argmax(1);
    }
}
