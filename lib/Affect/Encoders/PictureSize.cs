namespace Affect.Encoders;

/// <summary>The pictures that a network takes, as its <c>config.json</c> says, beside what the settings of its image processor make of a picture.</summary>
internal static class PictureSize
{
    /// <exception cref="ArgumentException">Patches do not fill a picture.</exception>
    internal static void Validate(int imageSize, int patchSize)
    {
        if (imageSize % patchSize != 0) throw new ArgumentException($"ImageSize must be a multiple of PatchSize = {patchSize}, but is {imageSize}.", nameof(imageSize));
    }

    /// <exception cref="ArgumentException">The pictures are not of three colours.</exception>
    internal static void RequireColours(ConfigFile file)
    {
        if (file.WholeNumber("num_channels", 3) is var channels and not 3) throw new ArgumentException($"'num_channels' must be 3, but is {channels}.", nameof(file));
    }

    /// <summary>How a folder's pictures become its network's input.</summary>
    /// <param name="folder">Holds <c>preprocessor_config.json</c> or <c>processor_config.json</c>, or neither.</param>
    /// <param name="standard">What the network's family does, at the network's size.</param>
    /// <exception cref="FormatException">A file cannot be understood, or makes pictures of another size.</exception>
    internal static PicturePreprocessing Read(string folder, PicturePreprocessing standard)
    {
        var file = ProcessorFile.OfPictures(folder);
        var read = file is null ? standard : PicturePreprocessing.Read(file, standard);
        return read.Crop == standard.Crop
            ? read
            : throw new FormatException($"{file!.Place}: 'crop_size' must be the image_size of config.json, {standard.Crop}, but is {read.Crop}.");
    }

    /// <summary>The same preprocessing for pictures of a size.</summary>
    internal static PicturePreprocessing At(this PicturePreprocessing preprocessing, int size) => preprocessing with { Size = size, Crop = size };
}
