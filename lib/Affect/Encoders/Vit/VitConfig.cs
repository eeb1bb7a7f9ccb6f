namespace Affect.Encoders.Vit;

/// <summary>The shape of a vision transformer.</summary>
public sealed record VitConfig : PictureTransformerConfig
{
    private const string ModelType = "vit";

    // The decoder's stride is that of masked image modelling.
    private static readonly KnownFields Others =
        KnownFields.Pretrained.Harmless("encoder_stride", "classifier", "drop_path_rate").Only("pooler_act", "tanh");

    /// <summary>ViT-B/16's.</summary>
    public VitConfig() => LayerNormEpsilon = 1e-12;

    /// <summary>ViT-B/16.</summary>
    public static VitConfig Base16 { get; } = new();

    /// <summary>Whether queries, keys and values have a bias (<c>qkv_bias</c>).</summary>
    [ConfigField("qkv_bias")]
    public bool HasAttentionBias { get; init; } = true;

    /// <summary>Deviation of the initial weights (<c>initializer_range</c>).</summary>
    [ConfigField("initializer_range")]
    public double InitializerRange { get; init => field = Require.Between(0, 1, value); } = 0.02;

    /// <summary>Dropout in training after attention and after the position-wise network (<c>hidden_dropout_prob</c>).</summary>
    [ConfigField("hidden_dropout_prob")]
    public double Dropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Dropout in training of attention weights (<c>attention_probs_dropout_prob</c>).</summary>
    [ConfigField("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    internal BlockConfig Block => new(this)
    {
        Names = BlockNames.Vit,
        HasAttentionBias = HasAttentionBias,
        AttentionDropout = AttentionDropout,
        Dropout = Dropout,
    };

    /// <summary>Reads a <c>config.json</c> of model type <c>vit</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static VitConfig Read(string path) => ConfigFields.Read(path, ModelType, file =>
    {
        RequireColours(file);
        var config = file.Fill(new VitConfig());
        Validate(config);
        if (file.WholeNumber("pooler_output_size") is { } pooled && pooled != config.HiddenSize)
            throw new ArgumentException($"'pooler_output_size' must be hidden_size = {config.HiddenSize}, but is {pooled}.", nameof(path));
        file.RequireKnown(Others);
        return config;
    });

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path) => ConfigFile.Write(path, new Dictionary<string, JsonNode?>(Known())
    {
        ["architectures"] = new JsonArray("ViTModel"),
        ["model_type"] = ModelType,
    });

    /// <summary>The fields that the states depend on, as one text.</summary>
    internal string Canonical() => ConfigFields.Canonical(Known());

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(VitConfig config)
    {
        BlockConfig.Validate(config.Block);
        PictureTransformerConfig.Validate(config);
    }

    private Dictionary<string, JsonNode?> Known() => new(ConfigFields.Of(this)) { ["num_channels"] = 3 };
}
