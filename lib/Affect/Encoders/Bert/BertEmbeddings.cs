namespace Affect.Encoders.Bert;

/// <summary>Token, position and type of each token, summed and normed.</summary>
internal sealed class BertEmbeddings : Module<Tensor, Tensor?, Tensor>
{
    private readonly Embedding word_embeddings;
    private readonly Embedding position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm LayerNorm;
    private readonly BertConfig config;

    internal BertEmbeddings(BertConfig config)
        : base(nameof(BertEmbeddings))
    {
        word_embeddings = nn.Embedding(config.VocabularySize, config.HiddenSize);
        position_embeddings = nn.Embedding(config.Positions, config.HiddenSize);
        token_type_embeddings = nn.Embedding(config.Types, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        this.config = config;
        RegisterComponents();
    }

    /// <summary><c>[vocabulary, hidden]</c>; masked language modelling scores tokens by it.</summary>
    internal Parameter WordWeight => word_embeddings.weight!;

    /// <param name="ids"><c>[batch, tokens]</c>, Int64.</param>
    /// <param name="types"><c>[batch, tokens]</c>, Int64; null: all 0.</param>
    /// <returns><c>[batch, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor ids, Tensor? types)
    {
        using var scope = NewDisposeScope();
        var embedded = word_embeddings.call(ids) + position_embeddings.call(PositionsOf(ids)) + token_type_embeddings.call(types ?? zeros_like(ids));
        var normed = LayerNorm.call(embedded);
        return (training && config.Dropout > 0 ? SeededDropout.Apply(normed, config.Dropout) : normed).MoveToOuterDisposeScope();
    }

    internal void Initialise(Generator generator)
    {
        foreach (var table in new[] { word_embeddings, position_embeddings, token_type_embeddings }) table.weight!.normal_(0, config.InitializerRange, generator);
        // transformers gives padding no vector of its own.
        word_embeddings.weight![config.PadId].Clear();
        if (config.Family == BertFamily.Roberta) position_embeddings.weight![config.PadId].Clear();
    }

    private Tensor PositionsOf(Tensor ids)
    {
        if (config.Family == BertFamily.Bert) return arange(ids.shape[1], dtype: ScalarType.Int64, device: ids.device).unsqueeze(0);
        var isToken = ids.ne(config.PadId).to(ScalarType.Int64);
        return (isToken.cumsum(1) * isToken) + config.PadId;
    }
}
