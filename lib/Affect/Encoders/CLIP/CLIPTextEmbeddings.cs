namespace Affect.Encoders.CLIP;

/// <summary>From token numbers to vectors with positions.</summary>
internal sealed class CLIPTextEmbeddings : Module<Tensor, Tensor>
{
    private readonly Embedding token_embedding;
    private readonly Embedding position_embedding;

    internal CLIPTextEmbeddings(CLIPTextConfig config)
        : base(nameof(CLIPTextEmbeddings))
    {
        token_embedding = nn.Embedding(config.VocabularySize, config.HiddenSize);
        position_embedding = nn.Embedding(config.MaximumTokens, config.HiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[texts, tokens]</c>, Int64.</param>
    /// <returns><c>[texts, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (token_embedding.call(input) + position_embedding.weight!.narrow(0, 0, input.shape[1])).MoveToOuterDisposeScope();
    }

    internal void Initialise(Generator generator)
    {
        token_embedding.weight!.normal_(0, 0.02, generator);
        position_embedding.weight!.normal_(0, 0.02, generator);
    }
}
