namespace Affect.Encoders.Vit;

/// <summary>ViT: a pre-norm transformer over the patches of a picture.</summary>
/// <remarks>
/// Dosovitskiy et al., <em>An Image is Worth 16x16 Words</em>, arXiv:2010.11929. Reference: transformers 4.46, models/vit/modeling_vit.py (weights, names and
/// states agree). Differences: initial weights are normal, not cut off at two deviations; positions are not interpolated for pictures of another size.
/// </remarks>
public sealed class VitModel : Module<Tensor, VisualStates>, IVisualEncoder
{
    private static NameMap Names { get; } = NameMap.Identity.WithoutPrefix("vit.").Ignore("classifier.*", "embeddings.mask_token", "decoder.*");

    private readonly VitEmbeddings embeddings;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm finalNorm;
    private readonly LinearMap? pooler;

    private VitModel(VitConfig config, string name, bool hasPooler)
        : base(nameof(VitModel))
    {
        VitConfig.Validate(config);
        (Config, Name) = (config, name);
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        embeddings = this.Place("embeddings", new VitEmbeddings(config));
        blocks = this.Place("encoder.layer", TransformerBlocks.Of(config.Block));
        finalNorm = this.Place("layernorm", nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        pooler = hasPooler ? this.Place("pooler.dense", new LinearMap(config.HiddenSize, config.HiddenSize)) : null;
    }

    /// <summary>The model's shape.</summary>
    public VitConfig Config { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public PicturePreprocessing Preprocessing { get; private init; } = PicturePreprocessing.Vit;

    /// <summary>Whether the picture's feature is the pooler's, <c>tanh(W x)</c> of the normed class token, or that token itself.</summary>
    public bool HasPooler => pooler is not null;

    /// <inheritdoc/>
    public int Layers => Config.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Config.HiddenSize;

    /// <inheritdoc/>
    public int FeatureSize => Config.HiddenSize;

    /// <inheritdoc/>
    public VisualStates Encode(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var evaluation = EvaluationMode.Of(this);
        var states = forward(pixels.to(embeddings.Device));
        return new VisualStates([.. states.Layers.Select(state => state.to(ScalarType.Float32))], states.Feature.to(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    /// <summary>The network alone, with gradients as the caller's mode has them.</summary>
    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns>N + 1 states (the last one before the final norm) and the feature.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public override VisualStates forward(Tensor input)
    {
        input.Shape([-1, 3, Config.ImageSize, Config.ImageSize], "[frames, 3, size, size]");
        using var scope = NewDisposeScope();
        var states = blocks.Run(embeddings.call(input), mask: null, Layers);
        var first = Normed(states[^1]).select(1, 0);
        return new VisualStates(states, pooler is null ? first : pooler.call(first).tanh()).MoveToOuterDisposeScope();
    }

    /// <summary>A last state after the final norm.</summary>
    /// <param name="state"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, tokens, hidden]</c></returns>
    internal Tensor Normed(Tensor state) => finalNorm.call(state);

    /// <inheritdoc/>
    public string Fingerprint => PretrainedFolder.Fingerprint(this, $"{Config.Canonical()}\n{Preprocessing}");

    /// <summary>Loads a model from a folder of Hugging Face's layout, with or without a pooler or a head; frozen and in evaluation mode.</summary>
    /// <remarks>The folder holds <c>config.json</c>, the weights and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>.</remarks>
    /// <inheritdoc cref="PretrainedFolder.Open{TModel}"/>
    public static VitModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        var config = VitConfig.Read(PretrainedFolder.Config(folder));
        var preprocessing = PicturePreprocessing.OfFolder(folder, PicturePreprocessing.Vit.At(config.ImageSize));
        return PretrainedFolder.Open(
            folder,
            weights,
            Names,
            checkpoint => new VitModel(config, PretrainedFolder.NameOf(folder), PretrainedFolder.HasPooler(checkpoint)) { Preprocessing = preprocessing },
            device,
            dtype);
    }

    /// <summary>A model that has learned nothing; frozen and in evaluation mode.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions; null: float32.</param>
    public static VitModel Random(VitConfig config, int seed, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var model = new VitModel(config, $"vit-{config.HiddenSize}x{config.Layers}-random-{seed}", hasPooler: true)
        {
            Preprocessing = PicturePreprocessing.Vit.At(config.ImageSize),
        };
        return PretrainedFolder.Fresh(model, seed, model.Initialise, device, dtype);
    }

    /// <summary>Writes <c>config.json</c>, <c>preprocessor_config.json</c> and <c>model.safetensors</c> as transformers reads them.</summary>
    /// <inheritdoc cref="PretrainedFolder.Save"/>
    public void SavePretrained(string folder, ScalarType? dtype = null)
    {
        PretrainedFolder.Save(this, folder, dtype);
        Preprocessing.Write(Path.Combine(folder, PretrainedFolder.PreprocessorName), "ViTImageProcessor");
        Config.Write(PretrainedFolder.Config(folder));
    }

    private void Initialise(Generator generator)
    {
        embeddings.Initialise(Config.InitializerRange, generator);
        PretrainedFolder.Draw(this, generator, (_, _) => Config.InitializerRange);
    }
}
