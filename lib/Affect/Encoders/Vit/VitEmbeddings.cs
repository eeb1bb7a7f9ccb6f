namespace Affect.Encoders.Vit;

/// <summary>From pixels to tokens: a class token, then the patches row by row, each with its position.</summary>
internal sealed class VitEmbeddings : Module<Tensor, Tensor>
{
    private readonly Parameter cls_token;           // [1, 1, hidden]
    private readonly Parameter position_embeddings; // [1, 1 + patches, hidden]
    private readonly Conv2d patches;

    internal VitEmbeddings(VitConfig config)
        : base(nameof(VitEmbeddings))
    {
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        cls_token = nn.Parameter(zeros(1, 1, config.HiddenSize));
        position_embeddings = nn.Parameter(zeros(1, config.Patches + 1, config.HiddenSize));
        register_parameter(nameof(cls_token), cls_token);
        register_parameter(nameof(position_embeddings), position_embeddings);
        patches = this.Place("patch_embeddings.projection", Guarded.Conv2d(3, config.HiddenSize, config.PatchSize, stride: config.PatchSize));
    }

    internal Device Device => cls_token.device;

    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns><c>[frames, 1 + patches, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var seen = PatchConvolution.Of(input, patches).to(cls_token.dtype);
        return (Guarded.Join([cls_token.expand(input.shape[0], -1, -1), seen], 1) + position_embeddings).MoveToOuterDisposeScope();
    }

    internal void Initialise(double deviation, Generator generator)
    {
        cls_token.normal_(0, deviation, generator);
        position_embeddings.normal_(0, deviation, generator);
    }
}
