namespace Affect.Encoders.Hubert;

public sealed partial class HubertModel
{
    private const string PositionWeight = "encoder.pos_conv_embed.conv.";

    // theirs: with or without the prefix of models with a head, either spelling of weight norm, any head.
    private static NameMap Names { get; } = NameMap.Identity
        .WithoutPrefix("hubert.")
        .Rename(PositionWeight + "parametrizations.weight.original0", PositionWeight + "weight_g")
        .Rename(PositionWeight + "parametrizations.weight.original1", PositionWeight + "weight_v")
        .Ignore("lm_head.*", "projector.*", "classifier.*", "final_proj.*", "layer_weights", "label_embs_concat")
        .Optional(nameof(masked_spec_embed), "*.num_batches_tracked");

    /// <inheritdoc/>
    public string Fingerprint =>
        PretrainedFolder.Fingerprint(this, $"{Config.Canonical()}\ndo_normalize={NormalizesInput}", unused: nameof(masked_spec_embed));

    /// <summary>All that a training starts from, as a hash: <see cref="Fingerprint"/>, and what takes the place of hidden frames.</summary>
    public string TrainingFingerprint
    {
        get
        {
            using var scope = NewDisposeScope();
            var embedding = masked_spec_embed.detach().cpu().contiguous().bytes;
            return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(Fingerprint), .. embedding]));
        }
    }

    /// <summary>Loads a model from a folder of Hugging Face's layout; frozen and in evaluation mode.</summary>
    /// <remarks>The folder holds <c>config.json</c>, the weights and perhaps <c>preprocessor_config.json</c> or <c>processor_config.json</c>.</remarks>
    /// <inheritdoc cref="PretrainedFolder.Open{TModel}"/>
    public static HubertModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        var (config, normalizes) = ReadShape(folder);
        return PretrainedFolder.Open(
            folder, weights, Names, _ => new HubertModel(config, PretrainedFolder.NameOf(folder)) { NormalizesInput = normalizes }, device, dtype);
    }

    /// <summary>A model that has learned nothing, with transformers' initial weights; frozen and in evaluation mode.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps and convolutions; null: float32.</param>
    /// <param name="normalizesInput">Whether it brings each clip to zero mean and unit variance first.</param>
    public static HubertModel Random(HubertConfig config, int seed, Device? device = null, ScalarType? dtype = null, bool normalizesInput = true)
    {
        ArgumentNullException.ThrowIfNull(config);
        var model = new HubertModel(config, $"hubert-{config.HiddenSize}x{config.Layers}-random-{seed}") { NormalizesInput = normalizesInput };
        return PretrainedFolder.Fresh(model, seed, model.Initialise, device, dtype);
    }

    /// <summary>The control of a checkpoint: a model of the same shape and preprocessing that has learned nothing; frozen and in evaluation mode.</summary>
    /// <inheritdoc cref="PretrainedFolder.Fresh{TModel}"/>
    public static HubertModel RandomLike(string folder, int seed, Device? device = null, ScalarType? dtype = null)
    {
        var (config, normalizes) = ReadShape(folder);
        return Random(config, seed, device, dtype, normalizes);
    }

    /// <inheritdoc/>
    public ISpeechTransformer Copy()
    {
        var copy = new HubertModel(Config, Name) { NormalizesInput = NormalizesInput };
        using var noGrad = no_grad();
        var own = state_dict();
        var type = own.Values.First(value => value.dim() > 1).dtype;
        if (type != ScalarType.Float32) PretrainedFolder.ChangeFormat(copy, type);
        foreach (var (name, target) in copy.state_dict()) target.copy_(own[name]);
        return PretrainedFolder.Freeze(copy, masked_spec_embed.device);
    }

    /// <summary>Writes <c>config.json</c>, <c>preprocessor_config.json</c> and <c>model.safetensors</c> as transformers reads them.</summary>
    /// <inheritdoc cref="PretrainedFolder.Save"/>
    public void SavePretrained(string folder, ScalarType? dtype = null)
    {
        PretrainedFolder.Save(this, folder, dtype);
        ConfigFile.Write(Path.Combine(folder, PretrainedFolder.PreprocessorName), new Dictionary<string, JsonNode?>
        {
            ["do_normalize"] = NormalizesInput,
            ["feature_extractor_type"] = "Wav2Vec2FeatureExtractor",
            ["feature_size"] = 1,
            ["padding_side"] = "right",
            ["padding_value"] = ConfigFile.Real(0),
            ["return_attention_mask"] = !NeedsEqualLengths,
            ["sampling_rate"] = SampleRate,
        });
        Config.Write(PretrainedFolder.Config(folder));
    }

    private static (HubertConfig Config, bool NormalizesInput) ReadShape(string folder)
    {
        var config = HubertConfig.Read(PretrainedFolder.Config(folder));
        return (config, ProcessorFile.OfSound(folder) is not { } file || HubertConfig.NormalizesInput(file));
    }

    // transformers' HubertPreTrainedModel._init_weights; the positional convolution keeps PyTorch's own, because transformers writes to the product of
    // its weight norm, which the next forward pass computes anew.
    private void Initialise(Generator generator)
    {
        PretrainedFolder.Draw(
            this, generator, (_, weight) => weight.dim() == 3 ? Math.Sqrt(2.0 / (weight.shape[1] * weight.shape[2])) : Config.InitializerRange);
        foreach (var conv in modules().OfType<WeightNormConv>()) conv.Initialise(generator);
        masked_spec_embed.uniform_(0, 1, generator);
    }
}
