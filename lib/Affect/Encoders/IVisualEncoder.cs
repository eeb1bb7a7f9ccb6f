namespace Affect.Encoders;

/// <summary>A frozen network that turns pictures into layers of patches and one vector each.</summary>
public interface IVisualEncoder : ILayerEncoder
{
    /// <summary>How many numbers the picture's feature has.</summary>
    int FeatureSize { get; }

    /// <summary>How pictures become its input.</summary>
    PicturePreprocessing Preprocessing { get; }

    /// <summary>Encodes pictures, without dropout and without gradients.</summary>
    /// <param name="pixels"><c>[frames, 3, size, size]</c>, as <see cref="PicturePreprocessing.Apply(Affect.Media.VideoFrames)"/> makes them; on any device.</param>
    /// <returns>All states and the pictures' features, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    VisualStates Encode(Tensor pixels);
}
