namespace Affect.Encoders.CLIP;

/// <summary>CLIP: a picture tower and a text tower that meet in one space, where a picture lies next to its caption.</summary>
/// <remarks>
/// Radford et al., <em>Learning Transferable Visual Models From Natural Language Supervision</em>, arXiv:2103.00020.
/// Reference: transformers 4.46, models/clip/modeling_clip.py (weights, names and states agree). Difference: a text without an end token is refused, where
/// transformers silently takes its first token.
/// </remarks>
public sealed class CLIPModel : Module, IVisualEncoder
{
    // Older files hold the numbers 0, 1, 2 … of positions as tensors.
    private static NameMap Names { get; } = NameMap.Identity.Ignore("*.position_ids").Optional(nameof(logit_scale));

    private readonly CLIPTextTower text_model;
    private readonly CLIPVisionTower vision_model;
    private readonly LinearMap visual_projection;
    private readonly LinearMap text_projection;
    private readonly Parameter logit_scale; // []

    private CLIPModel(CLIPConfig config, string name)
        : base(nameof(CLIPModel))
    {
        CLIPConfig.Validate(config);
        (Config, Name) = (config, name);
        text_model = new CLIPTextTower(config.Text);
        vision_model = new CLIPVisionTower(config.Vision);
        visual_projection = new LinearMap(config.Vision.HiddenSize, config.ProjectionSize, hasBias: false);
        text_projection = new LinearMap(config.Text.HiddenSize, config.ProjectionSize, hasBias: false);
        logit_scale = nn.Parameter(tensor((float)config.InitialLogitScale));
        RegisterComponents();
    }

    /// <summary>The model's shape.</summary>
    public CLIPConfig Config { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public PicturePreprocessing Preprocessing { get; private init; } = PicturePreprocessing.CLIP;

    /// <inheritdoc/>
    public int Layers => Config.Vision.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Config.Vision.HiddenSize;

    /// <inheritdoc/>
    public int FeatureSize => Config.ProjectionSize;

    /// <summary>ln of what cosines are multiplied by; trains with the towers.</summary>
    public Parameter LogitScale => logit_scale;

    /// <inheritdoc/>
    public VisualStates Encode(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var evaluation = EvaluationMode.Of(this);
        var (states, feature) = Look(pixels.to(logit_scale.device));
        return new VisualStates([.. states.Select(state => state.to(ScalarType.Float32))], feature.to(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    /// <summary>Pictures through their tower, with gradients as the caller's mode has them.</summary>
    /// <param name="pixels"><c>[frames, 3, size, size]</c></param>
    /// <returns>N + 1 states <c>[frames, tokens, hidden]</c> (0 is after the first norm), and the projected feature <c>[frames, projection]</c>, not normalised.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public (IReadOnlyList<Tensor> States, Tensor Feature) Look(Tensor pixels)
    {
        var size = Config.Vision.ImageSize;
        pixels.Shape([-1, 3, size, size], "[frames, 3, size, size]");
        using var scope = NewDisposeScope();
        var states = vision_model.Run(pixels);
        return (states.ToOuterScope(), visual_projection.call(vision_model.Pool(states[^1])).MoveToOuterDisposeScope());
    }

    /// <summary>Texts through their tower, with gradients as the caller's mode has them.</summary>
    /// <param name="tokens"><c>[texts, tokens]</c>, Int64, each text with its end token.</param>
    /// <param name="mask"><c>[texts, tokens]</c>, 1 where a token is one; null: everywhere. What follows the end token changes nothing.</param>
    /// <returns>N + 1 states <c>[texts, tokens, hidden]</c> (the last one before the final norm), and the projected feature <c>[texts, projection]</c>, not normalised.</returns>
    /// <exception cref="ArgumentException">A shape is wrong, a text is too long or has no end token.</exception>
    public (IReadOnlyList<Tensor> States, Tensor Feature) Read(Tensor tokens, Tensor? mask = null)
    {
        tokens.Shape([-1, -1], "[texts, tokens]");
        mask?.Shape(tokens.shape, "[texts, tokens]");
        if (tokens.shape[1] > Config.Text.MaximumTokens)
            throw new ArgumentException($"tokens must be at most {Config.Text.MaximumTokens} in a text, but are {tokens.shape[1]}; let the tokenizer cut them.", nameof(tokens));
        using var scope = NewDisposeScope();
        var (states, pooled) = text_model.Run(tokens, mask);
        return (states.ToOuterScope(), text_projection.call(pooled).MoveToOuterDisposeScope());
    }

    /// <summary>How well pictures and texts go together: cosines times <c>exp(logit_scale)</c>.</summary>
    /// <param name="pictures"><c>[frames, projection]</c></param>
    /// <param name="texts"><c>[texts, projection]</c></param>
    /// <returns><c>[frames, texts]</c></returns>
    public Tensor Logits(Tensor pictures, Tensor texts)
    {
        pictures.Shape([-1, FeatureSize], "[frames, projection]");
        texts.Shape([-1, FeatureSize], "[texts, projection]");
        using var scope = NewDisposeScope();
        return (Unit(pictures).mm(Unit(texts).t()) * logit_scale.exp()).MoveToOuterDisposeScope();
    }

    /// <summary>The normed class token of pictures' last state, before the projection.</summary>
    /// <param name="state"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, hidden]</c></returns>
    internal Tensor Pooled(Tensor state) => vision_model.Pool(state);

    /// <summary>Rows of length 1.</summary>
    /// <param name="rows"><c>[rows, dims]</c></param>
    /// <returns><c>[rows, dims]</c></returns>
    internal static Tensor Unit(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return (rows / rows.pow(2).sum(new long[] { -1 }, keepdim: true).sqrt().clamp_min(1e-12)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public string Fingerprint => PretrainedFolder.Fingerprint(this, $"{Config.Canonical()}\n{Preprocessing}");

    /// <summary>Loads a model from a folder of Hugging Face's layout; frozen and in evaluation mode.</summary>
    /// <remarks>The folder holds <c>config.json</c>, the weights and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>.</remarks>
    /// <inheritdoc cref="PretrainedFolder.Open{TModel}"/>
    public static CLIPModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        var (config, preprocessing) = ReadShape(folder);
        return PretrainedFolder.Open(
            folder, weights, Names, _ => new CLIPModel(config, PretrainedFolder.NameOf(folder)) { Preprocessing = preprocessing }, device, dtype);
    }

    /// <summary>A model that has learned nothing, with transformers' initial weights; frozen and in evaluation mode.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions; null: float32.</param>
    /// <param name="preprocessing">How pictures become its input; null: CLIP's colours at the model's size.</param>
    public static CLIPModel Random(CLIPConfig config, int seed, Device? device = null, ScalarType? dtype = null, PicturePreprocessing? preprocessing = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        preprocessing ??= PicturePreprocessing.CLIP.At(config.Vision.ImageSize);
        if (preprocessing.Crop != config.Vision.ImageSize)
        {
            throw new ArgumentException(
                $"preprocessing must cut pictures to the model's {config.Vision.ImageSize} pixels, but cuts to {preprocessing.Crop}.", nameof(preprocessing));
        }
        var model = new CLIPModel(config, $"clip-{config.Vision.HiddenSize}x{config.Vision.Layers}-random-{seed}") { Preprocessing = preprocessing };
        return PretrainedFolder.Fresh(model, seed, model.Initialise, device, dtype);
    }

    /// <summary>The control of a checkpoint: a model of the same shape and preprocessing that has learned nothing; frozen and in evaluation mode.</summary>
    /// <inheritdoc cref="PretrainedFolder.Fresh{TModel}"/>
    public static CLIPModel RandomLike(string folder, int seed, Device? device = null, ScalarType? dtype = null)
    {
        var (config, preprocessing) = ReadShape(folder);
        return Random(config, seed, device, dtype, preprocessing);
    }

    /// <summary>Writes <c>config.json</c>, <c>preprocessor_config.json</c> and <c>model.safetensors</c> as transformers reads them.</summary>
    /// <inheritdoc cref="PretrainedFolder.Save"/>
    public void SavePretrained(string folder, ScalarType? dtype = null)
    {
        PretrainedFolder.Save(this, folder, dtype);
        Preprocessing.Write(Path.Combine(folder, PretrainedFolder.PreprocessorName), "CLIPImageProcessor");
        Config.Write(PretrainedFolder.Config(folder));
    }

    private static (CLIPConfig Config, PicturePreprocessing Preprocessing) ReadShape(string folder)
    {
        var config = CLIPConfig.Read(PretrainedFolder.Config(folder));
        return (config, PicturePreprocessing.OfFolder(folder, PicturePreprocessing.CLIP.At(config.Vision.ImageSize)));
    }

    // transformers' CLIPPreTrainedModel._init_weights.
    private void Initialise(Generator generator)
    {
        text_model.Initialise(generator);
        vision_model.Initialise(generator);
        PretrainedFolder.Draw(this, generator, (name, weight) =>
        {
            if (weight.dim() > 2) return null; // the patches', drawn above
            var isVision = name.StartsWith("vis", StringComparison.Ordinal);
            TransformerConfig tower = isVision ? Config.Vision : Config.Text;
            return name[(name.LastIndexOf('.') + 1)..] switch
            {
                "fc1" => Math.Pow(2.0 * tower.HiddenSize, -0.5),
                "out_proj" or "visual_projection" or "text_projection" => Math.Pow(tower.HiddenSize, -0.5),
                _ => Math.Pow(tower.HiddenSize, -0.5) * Math.Pow(2.0 * tower.Layers, -0.5), // q_proj, k_proj, v_proj, fc2
            };
        });
    }
}
