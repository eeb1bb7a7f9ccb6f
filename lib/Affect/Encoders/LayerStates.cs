namespace Affect.Encoders;

/// <summary>What an encoder makes of a batch: N + 1 states, where 0 is the input of the first block and n the output of block n.</summary>
/// <remarks>Disposing it disposes its tensors.</remarks>
public abstract class LayerStates : IDisposable
{
    private readonly Tensor[] others;

    private protected LayerStates(IReadOnlyList<Tensor> layers, string axes, params Tensor[] others)
    {
        Require.NotEmpty(layers);
        var shape = layers[0].shape;
        foreach (var layer in layers) layer.Shape(shape.Length == 3 ? shape : [-1, -1, -1], axes, nameof(layers));
        (Layers, this.others) = (layers, others);
    }

    /// <summary>States 0 … N, all of one shape.</summary>
    public IReadOnlyList<Tensor> Layers { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Layers.Concat(others)) tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void MoveTensors()
    {
        foreach (var tensor in Layers.Concat(others)) tensor.MoveToOuterDisposeScope();
    }
}
