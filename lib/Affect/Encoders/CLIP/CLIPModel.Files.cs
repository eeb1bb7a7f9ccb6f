namespace Affect.Encoders.CLIP;

public sealed partial class CLIPModel
{
    // Older files hold the numbers 0, 1, 2 … of positions as tensors.
    private static NameMap Names { get; } = NameMap.Identity.Ignore("*.position_ids").Optional(nameof(logit_scale));

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
        return (config, PictureSize.Read(folder, PicturePreprocessing.CLIP.At(config.Vision.ImageSize)));
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
