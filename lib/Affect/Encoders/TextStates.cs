namespace Affect.Encoders;

/// <summary>What an encoder makes of a batch of texts: N + 1 states <c>[batch, tokens, hidden]</c>, and which tokens count.</summary>
/// <remarks>Disposing it disposes its tensors.</remarks>
public sealed class TextStates : LayerStates
{
    private const int Summed = 4;

    /// <summary>Takes the tensors over.</summary>
    /// <param name="layers">Each <c>[batch, tokens, hidden]</c>, all of one shape.</param>
    /// <param name="mask"><c>[batch, tokens]</c>, Int64: 1 = valid, 0 = padding.</param>
    /// <param name="textMask"><c>[batch, tokens]</c>, Int64: 1 = a token of the text, 0 = padding or a special token around it.</param>
    /// <exception cref="ArgumentException">There is no layer, or the shapes differ.</exception>
    public TextStates(IReadOnlyList<Tensor> layers, Tensor mask, Tensor textMask)
        : base(layers, "[batch, tokens, hidden]", mask, textMask)
    {
        mask.Shape(layers[0].shape[..2], "[batch, tokens]");
        textMask.Shape(layers[0].shape[..2], "[batch, tokens]");
        (Mask, TextMask) = (mask, textMask);
    }

    /// <summary><c>[batch, tokens]</c>, Int64: 1 = valid, 0 = padding.</summary>
    public Tensor Mask { get; }

    /// <summary><c>[batch, tokens]</c>, Int64: 1 = a token of the text, 0 = padding or a special token around it.</summary>
    public Tensor TextMask { get; }

    /// <summary>The sum of the last four states, or of all where there are fewer; the caller disposes it.</summary>
    /// <remarks>The feature of the MER2024 baseline (arXiv:2404.17113) and of BERT's own comparison (arXiv:1810.04805, table 7).</remarks>
    /// <returns><c>[batch, tokens, hidden]</c></returns>
    public Tensor SumOfLastFour()
    {
        using var scope = NewDisposeScope();
        var sum = Layers[^1].clone();
        for (var layer = Math.Max(0, Layers.Count - Summed); layer < Layers.Count - 1; layer++) sum = sum + Layers[layer];
        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>The mean over the tokens of each text, without the special ones; 0 for a text that has none. Gradients pass.</summary>
    /// <param name="state"><c>[batch, tokens, hidden]</c>, one of <see cref="LayerStates.Layers"/> or a sum of them.</param>
    /// <returns><c>[batch, hidden]</c></returns>
    public Tensor MeanOverText(Tensor state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Shape([TextMask.shape[0], TextMask.shape[1], -1], "[batch, tokens, hidden]");
        using var scope = NewDisposeScope();
        var counted = TextMask.to(state.device).to(state.dtype).unsqueeze(2); // [batch, tokens, 1]
        // What does not count may be anything, so it is replaced rather than multiplied by 0.
        var sum = state.masked_fill(counted.eq(0), 0).sum(new long[] { 1 });
        return (sum / counted.sum(new long[] { 1 }).clamp(min: 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Hands the tensors to the dispose scope around the current one, for who computed them to return.</summary>
    public TextStates MoveToOuterDisposeScope()
    {
        MoveTensors();
        return this;
    }
}
