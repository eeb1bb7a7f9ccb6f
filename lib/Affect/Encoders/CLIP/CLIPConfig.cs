namespace Affect.Encoders.CLIP;

/// <summary>The shape of a CLIP: two towers and the space in which they meet.</summary>
public sealed record CLIPConfig
{
    internal const string ModelType = "clip";

    // The size of the common space is that of the whole; 'dropout' is of training.
    private static readonly KnownFields OthersOfATower = KnownFields.Pretrained.Harmless("projection_dim", "dropout");

    /// <summary>ViT-B/32, the smallest of OpenAI's with a transformer on both sides.</summary>
    public static CLIPConfig Base32 { get; } = new();

    /// <summary>The picture tower.</summary>
    public CLIPVisionConfig Vision { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The text tower.</summary>
    public CLIPTextConfig Text { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The size of the common space (<c>projection_dim</c>).</summary>
    [ConfigField("projection_dim")]
    public int ProjectionSize { get; init => field = Require.AtLeast(1, value); } = 512;

    /// <summary>ln of what cosines are multiplied by at the start of training (<c>logit_scale_init_value</c>): 1 / 0.07.</summary>
    [ConfigField("logit_scale_init_value")]
    public double InitialLogitScale { get; init; } = 2.6592;

    /// <summary>Reads a <c>config.json</c> of model type <c>clip</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static CLIPConfig Read(string path) => ConfigFields.Read(path, ModelType, file =>
    {
        var config = file.Fill(new CLIPConfig()) with
        {
            Vision = Tower<CLIPVisionConfig>(file, "vision"),
            Text = Tower<CLIPTextConfig>(file, "text"),
        };
        Validate(config);
        file.RequireKnown(KnownFields.Pretrained);
        return config;
    });

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path) => ConfigFile.Write(path, new Dictionary<string, JsonNode?>(Known())
    {
        ["architectures"] = new JsonArray("CLIPModel"),
        ["model_type"] = ModelType,
    });

    /// <summary>The fields that the states depend on, as one text.</summary>
    internal string Canonical() => ConfigFields.Canonical(Known());

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(CLIPConfig config)
    {
        BlockConfig.Validate(config.Vision.Block);
        BlockConfig.Validate(config.Text.Block);
        PictureTransformerConfig.Validate(config.Vision);
    }

    // Files of before transformers 4.28 have a second object for each tower. In transformers it wins: what it does not name is at its default, whatever the
    // first one says.
    private static TConfig Tower<TConfig>(ConfigFile file, string tower)
        where TConfig : TransformerConfig, new()
    {
        var (plain, winning, wish) = (file.Section($"{tower}_config"), $"{tower}_config_dict", TypeOf(tower));
        return (file.Raw(winning) is null ? plain : file.Section(winning)).Build(section =>
        {
            if (section.Text("model_type", wish) is { } type && type != wish && type != ModelType)
                throw new ArgumentException($"'model_type' must be '{wish}', but is '{type}'.", nameof(file));
            if (tower == "vision") PictureTransformerConfig.RequireColours(section);
            var config = section.Fill(new TConfig());
            section.RequireKnown(OthersOfATower);
            return config;
        });
    }

    private static string TypeOf(string tower) => $"clip_{tower}_model";

    private Dictionary<string, JsonNode?> Known() => new(ConfigFields.Of(this))
    {
        ["vision_config"] = Known(Vision, "vision"),
        ["text_config"] = Known(Text, "text"),
    };

    private JsonObject Known(TransformerConfig config, string tower) => ConfigFields.Sorted(new(ConfigFields.Of(config))
    {
        ["model_type"] = TypeOf(tower),
        ["projection_dim"] = ProjectionSize,
    });
}
