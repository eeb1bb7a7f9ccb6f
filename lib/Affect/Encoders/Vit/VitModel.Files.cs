namespace Affect.Encoders.Vit;

public sealed partial class VitModel
{
    private static NameMap Names { get; } = NameMap.Identity.WithoutPrefix("vit.").Ignore("classifier.*", "embeddings.mask_token", "decoder.*");

    /// <inheritdoc/>
    public string Fingerprint => PretrainedFolder.Fingerprint(this, $"{Config.Canonical()}\n{Preprocessing}");

    /// <summary>Loads a model from a folder of Hugging Face's layout, with or without a pooler or a head; frozen and in evaluation mode.</summary>
    /// <remarks>The folder holds <c>config.json</c>, the weights and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>.</remarks>
    /// <inheritdoc cref="PretrainedFolder.Open{TModel}"/>
    public static VitModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        var config = VitConfig.Read(PretrainedFolder.Config(folder));
        var preprocessing = PictureSize.Read(folder, PicturePreprocessing.Vit.At(config.ImageSize));
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
