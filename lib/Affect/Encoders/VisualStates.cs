namespace Affect.Encoders;

/// <summary>What a network makes of pictures: layers 0 … N of their patches, and one vector each.</summary>
public sealed class VisualStates : IDisposable
{
    /// <summary>Takes tensors over; they are not copied.</summary>
    /// <param name="layers">States 0 … N, each <c>[frames, tokens, hidden]</c>, all of one shape.</param>
    /// <param name="feature"><c>[frames, dims]</c></param>
    /// <exception cref="ArgumentException">There is no layer, or the shapes differ.</exception>
    public VisualStates(IReadOnlyList<Tensor> layers, Tensor feature)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(feature);
        Require.NotEmpty(layers);
        var shape = layers[0].shape;
        foreach (var layer in layers) layer.Shape(shape.Length == 3 ? shape : [-1, -1, -1], "[frames, tokens, hidden]", nameof(layers));
        feature.Shape([shape[0], -1], "[frames, dims]");
        (Layers, Feature) = (layers, feature);
    }

    /// <summary>States 0 … N, each <c>[frames, tokens, hidden]</c>; token 0 is the class token, then the patches row by row.</summary>
    public IReadOnlyList<Tensor> Layers { get; }

    /// <summary>The pictures' features, <c>[frames, dims]</c>; not normalised.</summary>
    public Tensor Feature { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var layer in Layers) layer.Dispose();
        Feature.Dispose();
    }

    internal VisualStates MoveToOuterDisposeScope()
    {
        foreach (var layer in Layers) layer.MoveToOuterDisposeScope();
        Feature.MoveToOuterDisposeScope();
        return this;
    }
}
