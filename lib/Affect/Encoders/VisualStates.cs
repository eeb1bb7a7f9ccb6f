namespace Affect.Encoders;

/// <summary>
/// What an encoder makes of pictures: N + 1 states <c>[frames, tokens, hidden]</c>, token 0 the class token, then the patches row by row; and one vector each.
/// </summary>
/// <remarks>Disposing it disposes its tensors.</remarks>
public sealed class VisualStates : LayerStates
{
    /// <summary>Takes the tensors over.</summary>
    /// <param name="layers">Each <c>[frames, tokens, hidden]</c>, all of one shape.</param>
    /// <param name="feature"><c>[frames, dims]</c></param>
    /// <exception cref="ArgumentException">There is no layer, or the shapes differ.</exception>
    public VisualStates(IReadOnlyList<Tensor> layers, Tensor feature)
        : base(layers, "[frames, tokens, hidden]", feature)
    {
        feature.Shape([layers[0].shape[0], -1], "[frames, dims]");
        Feature = feature;
    }

    /// <summary>The pictures' features, <c>[frames, dims]</c>; not normalised.</summary>
    public Tensor Feature { get; }

    /// <summary>Hands the tensors to the dispose scope around the current one, for who computed them to return.</summary>
    public VisualStates MoveToOuterDisposeScope()
    {
        MoveTensors();
        return this;
    }
}
