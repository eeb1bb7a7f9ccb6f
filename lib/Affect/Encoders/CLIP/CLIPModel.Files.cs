namespace Affect.Encoders.CLIP;

public sealed partial class CLIPModel
{
    // Older files hold the numbers 0, 1, 2 … of positions as tensors.
    private static NameMap Names { get; } = NameMap.Identity.Ignore("*.position_ids").Optional(nameof(logit_scale));

    /// <inheritdoc/>
    public string Fingerprint => PretrainedFiles.Fingerprint(this, $"{CLIPConfigFile.Canonical(Config)}\n{Preprocessing}");

    /// <summary>Loads a model from a folder of Hugging Face's layout; frozen and in evaluation mode.</summary>
    /// <param name="folder">Holds <c>config.json</c>, the weights and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions, float32 or bfloat16 (norms stay float32); null: float32.</param>
    /// <param name="weights">A weights file to read instead of the folder's own.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, of another model, or the weights do not fit <c>config.json</c>.</exception>
    public static CLIPModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var (config, preprocessing) = ReadShape(folder);
        using var checkpoint = Checkpoint.Open(weights ?? folder);
        var model = new CLIPModel(config, PretrainedFiles.NameOf(folder)) { Preprocessing = preprocessing };
        try
        {
            if (dtype is { } type) PretrainedFiles.ChangeFormat(model, type);
            WeightLoader.Load(model.state_dict(), checkpoint, Names);
            return PretrainedFiles.Freeze(model, device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
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
        preprocessing ??= Standard(config);
        CheckSize(config, preprocessing, nameof(preprocessing));
        var model = new CLIPModel(config, $"clip-{config.Vision.HiddenSize}x{config.Vision.Layers}-random-{seed}") { Preprocessing = preprocessing };
        using (var generator = new Generator((ulong)seed)) model.Initialise(generator);
        if (dtype is { } type) PretrainedFiles.ChangeFormat(model, type);
        return PretrainedFiles.Freeze(model, device);
    }

    /// <summary>The control of a checkpoint: a model of the same shape and preprocessing that has learned nothing; frozen and in evaluation mode.</summary>
    /// <param name="folder">Holds <c>config.json</c> and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>; its weights are not read.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions; null: float32.</param>
    /// <exception cref="FileNotFoundException">There is no <c>config.json</c>.</exception>
    /// <exception cref="FormatException">A file is damaged or of another model.</exception>
    public static CLIPModel RandomLike(string folder, int seed, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var (config, preprocessing) = ReadShape(folder);
        return Random(config, seed, device, dtype, preprocessing);
    }

    /// <summary>Writes <c>config.json</c>, <c>preprocessor_config.json</c> and <c>model.safetensors</c> as transformers reads them.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="dtype">The number format of the weights in the file; null: the model's own.</param>
    /// <exception cref="IOException">A file cannot be written; what was there before is unchanged.</exception>
    public void SavePretrained(string folder, ScalarType? dtype = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var scope = NewDisposeScope();
        var weights = state_dict().ToDictionary(pair => pair.Key, pair => dtype is { } type ? pair.Value.detach().to(type) : pair.Value);
        SafetensorsWriter.Write(Path.Combine(folder, PretrainedFiles.WeightsName), weights, new Dictionary<string, string> { ["format"] = "pt" });
        Preprocessing.Write(Path.Combine(folder, PretrainedFiles.PreprocessorName), "CLIPImageProcessor");
        Config.Write(Path.Combine(folder, PretrainedFiles.ConfigName));
    }

    private static (CLIPConfig Config, PicturePreprocessing Preprocessing) ReadShape(string folder)
    {
        var config = CLIPConfig.Read(Path.Combine(folder, PretrainedFiles.ConfigName));
        var file = ProcessorFile.OfPictures(folder);
        var preprocessing = file is null ? Standard(config) : PicturePreprocessing.Read(file, Standard(config));
        if (preprocessing.Crop != config.Vision.ImageSize)
            throw new FormatException($"{file?.Place ?? folder}: 'crop_size' must be the image_size of config.json, {config.Vision.ImageSize}, but is {preprocessing.Crop}.");
        return (config, preprocessing);
    }

    private static PicturePreprocessing Standard(CLIPConfig config) =>
        PicturePreprocessing.Clip with { Size = config.Vision.ImageSize, Crop = config.Vision.ImageSize };

    private static void CheckSize(CLIPConfig config, PicturePreprocessing preprocessing, string name)
    {
        if (preprocessing.Crop != config.Vision.ImageSize)
            throw new ArgumentException($"preprocessing must cut pictures to the model's {config.Vision.ImageSize} pixels, but cuts to {preprocessing.Crop}.", name);
    }

    // transformers' CLIPPreTrainedModel._init_weights.
    private void Initialise(Generator generator)
    {
        using var scope = NewDisposeScope(); // an embedding gives its weight anew each time
        using var noGrad = no_grad();
        text_model.Initialise(generator);
        vision_model.Initialise(Config.Vision, generator);
        foreach (var (name, module) in named_modules())
        {
            if (module is not LinearMap linear) continue;
            var (hidden, layers) = name.StartsWith("vision", StringComparison.Ordinal) || name.StartsWith("visual", StringComparison.Ordinal)
                ? (Config.Vision.HiddenSize, Config.Vision.Layers)
                : (Config.Text.HiddenSize, Config.Text.Layers);
            var deviation = name[(name.LastIndexOf('.') + 1)..] switch
            {
                "fc1" => Math.Pow(2.0 * hidden, -0.5),
                "out_proj" or "visual_projection" or "text_projection" => Math.Pow(hidden, -0.5),
                _ => Math.Pow(hidden, -0.5) * Math.Pow(2.0 * layers, -0.5), // q_proj, k_proj, v_proj, fc2
            };
            linear.weight.normal_(0, deviation, generator);
            linear.bias?.Clear();
        }
    }
}
