namespace Affect.Encoders.Vit;

public sealed partial class VitModel
{
    private const string PoolerWeight = "pooler.dense.weight";

    private static NameMap Names { get; } = NameMap.Identity.WithoutPrefix("vit.").Ignore("classifier.*", "embeddings.mask_token", "decoder.*");

    /// <inheritdoc/>
    public string Fingerprint => PretrainedFiles.Fingerprint(this, $"{Config.Canonical()}\n{Preprocessing}");

    /// <summary>Loads a model from a folder of Hugging Face's layout, with or without a pooler or a head; frozen and in evaluation mode.</summary>
    /// <param name="folder">Holds <c>config.json</c>, the weights and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions, float32 or bfloat16 (norms stay float32); null: float32.</param>
    /// <param name="weights">A weights file to read instead of the folder's own.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, of another model, or the weights do not fit <c>config.json</c>.</exception>
    public static VitModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = VitConfig.Read(Path.Combine(folder, PretrainedFiles.ConfigName));
        var preprocessing = ReadPreprocessing(folder, config);
        using var checkpoint = Checkpoint.Open(weights ?? folder);
        var hasPooler = checkpoint.Entries.Keys.Any(name => name.EndsWith(PoolerWeight, StringComparison.Ordinal));
        var model = new VitModel(config, PretrainedFiles.NameOf(folder), hasPooler) { Preprocessing = preprocessing };
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

    /// <summary>A model that has learned nothing; frozen and in evaluation mode.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions; null: float32.</param>
    public static VitModel Random(VitConfig config, int seed, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var model = new VitModel(config, $"vit-{config.HiddenSize}x{config.Layers}-random-{seed}", hasPooler: true) { Preprocessing = Standard(config) };
        using (var generator = new Generator((ulong)seed)) model.Initialise(generator);
        if (dtype is { } type) PretrainedFiles.ChangeFormat(model, type);
        return PretrainedFiles.Freeze(model, device);
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
        Preprocessing.Write(Path.Combine(folder, PretrainedFiles.PreprocessorName), "ViTImageProcessor");
        Config.Write(Path.Combine(folder, PretrainedFiles.ConfigName));
    }

    private static PicturePreprocessing ReadPreprocessing(string folder, VitConfig config)
    {
        var file = ProcessorFile.OfPictures(folder);
        var preprocessing = file is null ? Standard(config) : PicturePreprocessing.Read(file, Standard(config));
        return preprocessing.Crop == config.ImageSize
            ? preprocessing
            : throw new FormatException($"{file?.Place ?? folder}: pictures must become the image_size of config.json, {config.ImageSize}, but become {preprocessing.Crop}.");
    }

    private static PicturePreprocessing Standard(VitConfig config) => PicturePreprocessing.Vit with { Size = config.ImageSize, Crop = config.ImageSize };

    private void Initialise(Generator generator)
    {
        using var noGrad = no_grad();
        embeddings.Initialise(Config.InitializerRange, generator);
        foreach (var (_, module) in named_modules())
        {
            switch (module)
            {
                case LinearMap linear:
                    linear.weight.normal_(0, Config.InitializerRange, generator);
                    linear.bias?.Clear();
                    break;
                case Conv2d conv:
                    conv.weight.normal_(0, Config.InitializerRange, generator);
                    conv.bias?.Clear();
                    break;
            }
        }
    }
}
