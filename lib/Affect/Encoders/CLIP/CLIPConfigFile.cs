namespace Affect.Encoders.CLIP;

/// <summary>CLIPConfig in transformers' <c>config.json</c>.</summary>
internal static class CLIPConfigFile
{
    internal const string ModelType = "clip";

    private static readonly KnownFields Others = KnownFields.Pretrained;

    // The size of the common space is that of the whole; 'dropout' is of training.
    private static readonly KnownFields OthersOfATower = KnownFields.Pretrained.Harmless("projection_dim", "dropout");

    internal static CLIPConfig Read(string path)
    {
        var file = ConfigFile.Open(path);
        var type = file.Text("model_type", "");
        if (type != ModelType) throw new FormatException($"{path}: 'model_type' must be '{ModelType}', but is '{type}'.");
        return file.Build(Parse);
    }

    internal static void Write(CLIPConfig config, string path)
    {
        var fields = Known(config);
        fields["architectures"] = new JsonArray("CLIPModel");
        fields["model_type"] = ModelType;
        ConfigFile.Write(path, fields);
    }

    /// <summary>The fields that the states depend on, as one text.</summary>
    internal static string Canonical(CLIPConfig config) =>
        string.Join("\n", Known(config).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value?.ToJsonString()}"));

    private static CLIPConfig Parse(ConfigFile file)
    {
        var preset = CLIPConfig.Base32;
        var config = new CLIPConfig
        {
            ProjectionSize = file.WholeNumber("projection_dim", preset.ProjectionSize),
            InitialLogitScale = file.Number("logit_scale_init_value", preset.InitialLogitScale),
            Vision = Tower(file, "vision_config").Build(Vision),
            Text = Tower(file, "text_config").Build(Text),
        };
        CLIPConfig.Validate(config);
        file.RequireKnown(Others);
        return config;
    }

    // Files of before transformers 4.28 have a second object for each tower. In transformers it wins: what it does not name is at its default, whatever the first one says.
    private static ConfigFile Tower(ConfigFile file, string name)
    {
        var (plain, winning) = (file.Section(name), $"{name}_dict");
        return file.Raw(winning) is null ? plain : file.Section(winning);
    }

    private static void RequireType(ConfigFile file, string wish)
    {
        if (file.Text("model_type", wish) is { } type && type != wish && type != ModelType) throw new ArgumentException($"'model_type' must be '{wish}', but is '{type}'.", nameof(file));
    }

    private static CLIPVisionConfig Vision(ConfigFile file)
    {
        RequireType(file, "clip_vision_model");
        if (file.WholeNumber("num_channels", 3) != 3) throw new ArgumentException($"'num_channels' must be 3, but is {file.WholeNumber("num_channels", 3)}.", nameof(file));
        var preset = CLIPConfig.Base32.Vision;
        var config = new CLIPVisionConfig
        {
            HiddenSize = file.WholeNumber("hidden_size", preset.HiddenSize),
            Layers = file.WholeNumber("num_hidden_layers", preset.Layers),
            Heads = file.WholeNumber("num_attention_heads", preset.Heads),
            FeedForwardSize = file.WholeNumber("intermediate_size", preset.FeedForwardSize),
            ImageSize = file.WholeNumber("image_size", preset.ImageSize),
            PatchSize = file.WholeNumber("patch_size", preset.PatchSize),
            Activation = file.Choice("hidden_act", "quick_gelu", Activations.ByName),
            LayerNormEpsilon = file.Number("layer_norm_eps", preset.LayerNormEpsilon),
            AttentionDropout = file.Number("attention_dropout", preset.AttentionDropout),
        };
        file.RequireKnown(OthersOfATower);
        return config;
    }

    private static CLIPTextConfig Text(ConfigFile file)
    {
        RequireType(file, "clip_text_model");
        var preset = CLIPConfig.Base32.Text;
        var config = new CLIPTextConfig
        {
            VocabularySize = file.WholeNumber("vocab_size", preset.VocabularySize),
            MaximumTokens = file.WholeNumber("max_position_embeddings", preset.MaximumTokens),
            HiddenSize = file.WholeNumber("hidden_size", preset.HiddenSize),
            Layers = file.WholeNumber("num_hidden_layers", preset.Layers),
            Heads = file.WholeNumber("num_attention_heads", preset.Heads),
            FeedForwardSize = file.WholeNumber("intermediate_size", preset.FeedForwardSize),
            Activation = file.Choice("hidden_act", "quick_gelu", Activations.ByName),
            LayerNormEpsilon = file.Number("layer_norm_eps", preset.LayerNormEpsilon),
            AttentionDropout = file.Number("attention_dropout", preset.AttentionDropout),
            StartToken = file.WholeNumber("bos_token_id", preset.StartToken),
            EndToken = file.WholeNumber("eos_token_id", preset.EndToken),
            PaddingToken = file.WholeNumber("pad_token_id", preset.PaddingToken),
        };
        file.RequireKnown(OthersOfATower);
        return config;
    }

    private static Dictionary<string, JsonNode?> Known(CLIPConfig config) => new()
    {
        ["projection_dim"] = config.ProjectionSize,
        ["logit_scale_init_value"] = ConfigFile.Real(config.InitialLogitScale),
        ["vision_config"] = new JsonObject
        {
            ["attention_dropout"] = ConfigFile.Real(config.Vision.AttentionDropout),
            ["hidden_act"] = Activations.NameOf(config.Vision.Activation),
            ["hidden_size"] = config.Vision.HiddenSize,
            ["image_size"] = config.Vision.ImageSize,
            ["intermediate_size"] = config.Vision.FeedForwardSize,
            ["layer_norm_eps"] = ConfigFile.Real(config.Vision.LayerNormEpsilon),
            ["model_type"] = "clip_vision_model",
            ["num_attention_heads"] = config.Vision.Heads,
            ["num_hidden_layers"] = config.Vision.Layers,
            ["patch_size"] = config.Vision.PatchSize,
            ["projection_dim"] = config.ProjectionSize,
        },
        ["text_config"] = new JsonObject
        {
            ["attention_dropout"] = ConfigFile.Real(config.Text.AttentionDropout),
            ["bos_token_id"] = config.Text.StartToken,
            ["eos_token_id"] = config.Text.EndToken,
            ["hidden_act"] = Activations.NameOf(config.Text.Activation),
            ["hidden_size"] = config.Text.HiddenSize,
            ["intermediate_size"] = config.Text.FeedForwardSize,
            ["layer_norm_eps"] = ConfigFile.Real(config.Text.LayerNormEpsilon),
            ["max_position_embeddings"] = config.Text.MaximumTokens,
            ["model_type"] = "clip_text_model",
            ["num_attention_heads"] = config.Text.Heads,
            ["num_hidden_layers"] = config.Text.Layers,
            ["pad_token_id"] = config.Text.PaddingToken,
            ["projection_dim"] = config.ProjectionSize,
            ["vocab_size"] = config.Text.VocabularySize,
        },
    };
}
