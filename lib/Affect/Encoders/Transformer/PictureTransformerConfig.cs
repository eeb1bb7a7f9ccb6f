namespace Affect.Encoders.Transformer;

/// <summary>What the <c>config.json</c> of a vision transformer says of its pictures.</summary>
public abstract record PictureTransformerConfig : TransformerConfig
{
    /// <summary>The side of a picture, in pixels (<c>image_size</c>).</summary>
    [ConfigField("image_size")]
    public int ImageSize { get; init => field = Require.AtLeast(1, value); } = 224;

    /// <summary>The side of a patch, in pixels (<c>patch_size</c>).</summary>
    [ConfigField("patch_size")]
    public int PatchSize { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Patches of a picture.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

    /// <exception cref="ArgumentException">Patches do not fill a picture.</exception>
    internal static void Validate(PictureTransformerConfig config)
    {
        if (config.ImageSize % config.PatchSize != 0)
            throw new ArgumentException($"ImageSize must be a multiple of PatchSize = {config.PatchSize}, but is {config.ImageSize}.", nameof(config));
    }

    /// <exception cref="ArgumentException">The pictures are not of three colours.</exception>
    internal static void RequireColours(ConfigFile file)
    {
        if (file.WholeNumber("num_channels", 3) is var channels and not 3)
            throw new ArgumentException($"'num_channels' must be 3, but is {channels}.", nameof(file));
    }
}
