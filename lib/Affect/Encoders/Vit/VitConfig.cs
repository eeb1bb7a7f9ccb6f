namespace Affect.Encoders.Vit;

/// <summary>The shape of a vision transformer.</summary>
public sealed record VitConfig
{
    internal const string ModelType = "vit";

    // The decoder's stride is that of masked image modelling.
    private static readonly KnownFields Others = KnownFields.Pretrained.Harmless("encoder_stride", "classifier", "drop_path_rate").Only("pooler_act", "tanh");

    /// <summary>ViT-B/16.</summary>
    public static VitConfig Base16 { get; } = new();

    /// <summary>The size of a patch's state (<c>hidden_size</c>).</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 768;

    /// <summary>Blocks (<c>num_hidden_layers</c>).</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>Attention heads (<c>num_attention_heads</c>).</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>The inner size of the position-wise network (<c>intermediate_size</c>).</summary>
    public int FeedForwardSize { get; init => field = Require.AtLeast(1, value); } = 3072;

    /// <summary>The side of a picture, in pixels (<c>image_size</c>).</summary>
    public int ImageSize { get; init => field = Require.AtLeast(1, value); } = 224;

    /// <summary>The side of a patch, in pixels (<c>patch_size</c>).</summary>
    public int PatchSize { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Whether queries, keys and values have a bias (<c>qkv_bias</c>).</summary>
    public bool HasAttentionBias { get; init; } = true;

    /// <summary>In the position-wise network (<c>hidden_act</c>).</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>ε of the norms (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEpsilon { get; init => field = Require.Between(0, 1, value); } = 1e-12;

    /// <summary>Deviation of the initial weights (<c>initializer_range</c>).</summary>
    public double InitializerRange { get; init => field = Require.Between(0, 1, value); } = 0.02;

    /// <summary>Dropout in training after attention and after the position-wise network (<c>hidden_dropout_prob</c>).</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Dropout in training of attention weights (<c>attention_probs_dropout_prob</c>).</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Patches of a picture.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

    /// <summary>Reads a <c>config.json</c> of model type <c>vit</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static VitConfig Read(string path)
    {
        var file = ConfigFile.Open(path);
        var type = file.Text("model_type", "");
        return type == ModelType ? file.Build(Parse) : throw new FormatException($"{path}: 'model_type' must be '{ModelType}', but is '{type}'.");
    }

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path)
    {
        var fields = Known();
        fields["architectures"] = new JsonArray("ViTModel");
        fields["model_type"] = ModelType;
        ConfigFile.Write(path, fields);
    }

    /// <summary>The fields that the states depend on, as one text.</summary>
    internal string Canonical() =>
        string.Join("\n", Known().OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value?.ToJsonString()}"));

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(VitConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.HiddenSize % config.Heads != 0)
            throw new ArgumentException($"HiddenSize must be a multiple of the {config.Heads} heads, but is {config.HiddenSize}.", nameof(config));
        if (config.ImageSize % config.PatchSize != 0)
            throw new ArgumentException($"ImageSize must be a multiple of PatchSize = {config.PatchSize}, but is {config.ImageSize}.", nameof(config));
    }

    private static VitConfig Parse(ConfigFile file)
    {
        if (file.WholeNumber("num_channels", 3) != 3) throw new ArgumentException($"'num_channels' must be 3, but is {file.WholeNumber("num_channels", 3)}.", nameof(file));
        var config = new VitConfig
        {
            HiddenSize = file.WholeNumber("hidden_size", Base16.HiddenSize),
            Layers = file.WholeNumber("num_hidden_layers", Base16.Layers),
            Heads = file.WholeNumber("num_attention_heads", Base16.Heads),
            FeedForwardSize = file.WholeNumber("intermediate_size", Base16.FeedForwardSize),
            ImageSize = file.WholeNumber("image_size", Base16.ImageSize),
            PatchSize = file.WholeNumber("patch_size", Base16.PatchSize),
            HasAttentionBias = file.Flag("qkv_bias", Base16.HasAttentionBias),
            Activation = file.Choice("hidden_act", "gelu", Activations.ByName),
            LayerNormEpsilon = file.Number("layer_norm_eps", Base16.LayerNormEpsilon),
            InitializerRange = file.Number("initializer_range", Base16.InitializerRange),
            Dropout = file.Number("hidden_dropout_prob", Base16.Dropout),
            AttentionDropout = file.Number("attention_probs_dropout_prob", Base16.AttentionDropout),
        };
        Validate(config);
        if (file.WholeNumber("pooler_output_size") is { } pooled && pooled != config.HiddenSize)
            throw new ArgumentException($"'pooler_output_size' must be hidden_size = {config.HiddenSize}, but is {pooled}.", nameof(file));
        file.RequireKnown(Others);
        return config;
    }

    private Dictionary<string, JsonNode?> Known() => new()
    {
        ["attention_probs_dropout_prob"] = ConfigFile.Real(AttentionDropout),
        ["hidden_act"] = Activations.NameOf(Activation),
        ["hidden_dropout_prob"] = ConfigFile.Real(Dropout),
        ["hidden_size"] = HiddenSize,
        ["image_size"] = ImageSize,
        ["initializer_range"] = ConfigFile.Real(InitializerRange),
        ["intermediate_size"] = FeedForwardSize,
        ["layer_norm_eps"] = ConfigFile.Real(LayerNormEpsilon),
        ["num_attention_heads"] = Heads,
        ["num_channels"] = 3,
        ["num_hidden_layers"] = Layers,
        ["patch_size"] = PatchSize,
        ["qkv_bias"] = HasAttentionBias,
    };
}
