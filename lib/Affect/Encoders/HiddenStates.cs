namespace Affect.Encoders;

/// <summary>What an encoder makes of a batch of clips: N + 1 states, where 0 is the input of the first block and n the output of block n.</summary>
/// <remarks>Disposing it disposes its tensors.</remarks>
public sealed class HiddenStates : IDisposable
{
    /// <summary>Takes the tensors over.</summary>
    /// <param name="layers">Each <c>[batch, frames, hidden]</c>, all of one shape.</param>
    /// <param name="frameLengths"><c>[batch]</c>, the valid frames of each clip; int64.</param>
    /// <exception cref="ArgumentException">There is no layer, or the shapes differ.</exception>
    public HiddenStates(IReadOnlyList<Tensor> layers, Tensor frameLengths)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(frameLengths);
        if (layers.Count == 0) throw new ArgumentException("layers must hold at least one state, but is empty.", nameof(layers));
        var shape = layers[0].shape;
        foreach (var layer in layers) layer.Shape(shape.Length == 3 ? shape : [-1, -1, -1], "[batch, frames, hidden]", nameof(layers));
        frameLengths.Shape([shape[0]], "[batch]", nameof(frameLengths));
        Layers = layers;
        FrameLengths = frameLengths;
    }

    /// <summary>States 0 … N, each <c>[batch, frames, hidden]</c>.</summary>
    public IReadOnlyList<Tensor> Layers { get; }

    /// <summary><c>[batch]</c>, the valid frames of each clip; frames beyond are padding.</summary>
    public Tensor FrameLengths { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var layer in Layers) layer.Dispose();
        FrameLengths.Dispose();
    }
}
