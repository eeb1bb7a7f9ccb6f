namespace Affect.Encoders.Vit;

/// <summary>From pixels to tokens: a class token, then the patches row by row, each with its position.</summary>
internal sealed class VitEmbeddings : Module<Tensor, Tensor>
{
    private readonly Parameter cls_token; // [1, 1, hidden]
    private readonly Parameter position_embeddings; // [1, 1 + patches, hidden]
    private readonly VitPatches patch_embeddings;

    internal VitEmbeddings(VitConfig config)
        : base(nameof(VitEmbeddings))
    {
        cls_token = nn.Parameter(randn([1, 1, config.HiddenSize], generator: new Generator(0)));
        position_embeddings = nn.Parameter(randn([1, config.Patches + 1, config.HiddenSize], generator: new Generator(0)));
        patch_embeddings = new VitPatches(config);
        RegisterComponents();
    }

    internal Device Device => cls_token.device;

    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns><c>[frames, 1 + patches, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var patches = patch_embeddings.call(input).As(cls_token.dtype);
        return (Guarded.Join([cls_token.expand(input.shape[0], -1, -1), patches], 1) + position_embeddings).MoveToOuterDisposeScope();
    }

    internal void Initialise(double deviation, Generator generator)
    {
        cls_token.normal_(0, deviation, generator);
        position_embeddings.normal_(0, deviation, generator);
    }
}
