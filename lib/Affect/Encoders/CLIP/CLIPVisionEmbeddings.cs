namespace Affect.Encoders.CLIP;

/// <summary>From pixels to tokens: a class token, then the patches row by row, each with its position.</summary>
internal sealed class CLIPVisionEmbeddings : Module<Tensor, Tensor>
{
    private readonly Parameter class_embedding; // [hidden]
    private readonly Conv2d patch_embedding;
    private readonly Embedding position_embedding;

    internal CLIPVisionEmbeddings(CLIPVisionConfig config)
        : base(nameof(CLIPVisionEmbeddings))
    {
        class_embedding = nn.Parameter(zeros(config.HiddenSize));
        patch_embedding = Guarded.Conv2d(3, config.HiddenSize, config.PatchSize, stride: config.PatchSize, bias: false);
        position_embedding = nn.Embedding(config.Patches + 1, config.HiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns><c>[frames, 1 + patches, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var patches = PatchConvolution.Of(input, patch_embedding).to(class_embedding.dtype);
        return (Guarded.Join([class_embedding.expand(input.shape[0], 1, -1), patches], 1) + position_embedding.weight!).MoveToOuterDisposeScope();
    }

    // transformers' CLIPPreTrainedModel._init_weights.
    internal void Initialise(Generator generator)
    {
        class_embedding.normal_(0, Math.Pow(class_embedding.shape[0], -0.5), generator);
        patch_embedding.weight.normal_(0, 0.02, generator);
        position_embedding.weight!.normal_(0, 0.02, generator);
    }
}
