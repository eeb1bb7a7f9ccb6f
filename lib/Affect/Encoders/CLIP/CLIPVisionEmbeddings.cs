namespace Affect.Encoders.CLIP;

/// <summary>From pixels to tokens: a class token, then the patches row by row, each with its position.</summary>
internal sealed class CLIPVisionEmbeddings : Module<Tensor, Tensor>
{
    private readonly Parameter class_embedding; // [hidden]
    private readonly Conv2d patch_embedding;
    private readonly Embedding position_embedding;
    private readonly int size;

    internal CLIPVisionEmbeddings(CLIPVisionConfig config)
        : base(nameof(CLIPVisionEmbeddings))
    {
        class_embedding = nn.Parameter(randn([config.HiddenSize], generator: new Generator(0)));
        size = config.PatchSize;
        patch_embedding = Guarded.Conv2d(3, config.HiddenSize, config.PatchSize, stride: config.PatchSize, bias: false);
        position_embedding = nn.Embedding(config.Patches + 1, config.HiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns><c>[frames, 1 + patches, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var patches = Guarded.Convolve(input.As(patch_embedding.weight.dtype), patch_embedding.weight, bias: null, strides: [size, size], padding: [0, 0]).flatten(2).transpose(1, 2); // [frames, patches, hidden]
        var first = class_embedding.expand(input.shape[0], 1, -1);
        return (Guarded.Join([first, patches.As(class_embedding.dtype)], 1) + position_embedding.weight!).MoveToOuterDisposeScope();
    }

    // transformers' CLIPPreTrainedModel._init_weights.
    internal void Initialise(CLIPVisionConfig config, Generator generator)
    {
        class_embedding.normal_(0, Math.Pow(config.HiddenSize, -0.5), generator);
        patch_embedding.weight.normal_(0, 0.02, generator);
        position_embedding.weight!.normal_(0, 0.02, generator);
    }
}
