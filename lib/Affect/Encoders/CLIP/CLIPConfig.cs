namespace Affect.Encoders.CLIP;

/// <summary>The shape of a CLIP: two towers and the space in which they meet.</summary>
public sealed record CLIPConfig
{
    /// <summary>ViT-B/32, the smallest of OpenAI's with a transformer on both sides.</summary>
    public static CLIPConfig Base32 { get; } = new();

    /// <summary>The picture tower.</summary>
    public CLIPVisionConfig Vision { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The text tower.</summary>
    public CLIPTextConfig Text { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The size of the common space (<c>projection_dim</c>).</summary>
    public int ProjectionSize { get; init => field = Require.AtLeast(1, value); } = 512;

    /// <summary>ln of what cosines are multiplied by at the start of training (<c>logit_scale_init_value</c>): 1 / 0.07.</summary>
    public double InitialLogitScale { get; init; } = 2.6592;

    /// <summary>Reads a <c>config.json</c> of model type <c>clip</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static CLIPConfig Read(string path) => CLIPConfigFile.Read(path);

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path) => CLIPConfigFile.Write(this, path);

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(CLIPConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        BlockConfig.Validate(config.Vision.Block);
        BlockConfig.Validate(config.Text.Block);
        if (config.Vision.ImageSize % config.Vision.PatchSize != 0)
            throw new ArgumentException($"ImageSize must be a multiple of PatchSize = {config.Vision.PatchSize}, but is {config.Vision.ImageSize}.", nameof(config));
    }
}
