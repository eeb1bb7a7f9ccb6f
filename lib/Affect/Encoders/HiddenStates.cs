namespace Affect.Encoders;

/// <summary>What an encoder makes of a batch of clips: N + 1 states <c>[batch, frames, hidden]</c>.</summary>
/// <remarks>Disposing it disposes its tensors.</remarks>
public sealed class HiddenStates : LayerStates
{
    /// <summary>Takes the tensors over.</summary>
    /// <param name="layers">Each <c>[batch, frames, hidden]</c>, all of one shape.</param>
    /// <param name="frameLengths"><c>[batch]</c>, the valid frames of each clip; int64.</param>
    /// <exception cref="ArgumentException">There is no layer, or the shapes differ.</exception>
    public HiddenStates(IReadOnlyList<Tensor> layers, Tensor frameLengths)
        : base(layers, "[batch, frames, hidden]", frameLengths)
    {
        frameLengths.Shape([layers[0].shape[0]], "[batch]");
        FrameLengths = frameLengths;
    }

    /// <summary><c>[batch]</c>, the valid frames of each clip; frames beyond are padding.</summary>
    public Tensor FrameLengths { get; }

    /// <summary>Hands the tensors to the dispose scope around the current one, for who computed them to return.</summary>
    public HiddenStates MoveToOuterDisposeScope()
    {
        MoveTensors();
        return this;
    }
}
