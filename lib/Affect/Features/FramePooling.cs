namespace Affect.Features;

/// <summary>Pools the valid frames of an encoder's states.</summary>
public static class FramePooling
{
    /// <summary>Pools one state over its valid frames. For frozen features: the deviation has no gradient where it is 0.</summary>
    /// <param name="states"><c>[batch, frames, hidden]</c>, any floating type.</param>
    /// <param name="frameLengths"><c>[batch]</c>, the valid frames of each clip; at least 1 each.</param>
    /// <param name="pooling">Mean, or mean and deviation.</param>
    /// <returns><c>[batch, hidden]</c>, or <c>[batch, 2 · hidden]</c> with the deviations after the means; float32.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or a length is not between 1 and frames.</exception>
    public static Tensor Pool(Tensor states, Tensor frameLengths, Pooling pooling)
    {
        ArgumentNullException.ThrowIfNull(states);
        using var scope = NewDisposeScope();
        var lengths = Lengths([states], frameLengths);
        using var _ = no_grad();
        var (mean, squares) = Moments(states, lengths, pooling == Pooling.MeanAndDeviation);
        if (squares is null) return mean.MoveToOuterDisposeScope();
        var count = tensor(Array.ConvertAll(lengths, length => (float)length), new long[] { lengths.Length, 1 }, device: states.device);
        return Guarded.Join([mean, (squares / count).sqrt()], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The moments of each clip of a batch at every layer.</summary>
    /// <param name="layers">Each <c>[batch, frames, hidden]</c>.</param>
    /// <param name="frameLengths"><c>[batch]</c></param>
    /// <param name="pooling">Whether deviations are wanted.</param>
    /// <returns>One per clip.</returns>
    internal static EncodedPiece[] MomentsOf(IReadOnlyList<Tensor> layers, Tensor frameLengths, Pooling pooling)
    {
        using var scope = NewDisposeScope();
        var withDeviations = pooling == Pooling.MeanAndDeviation;
        var lengths = Lengths(layers, frameLengths);
        var means = new List<Tensor>(layers.Count);
        var deviations = new List<Tensor>(layers.Count);
        foreach (var layer in layers)
        {
            using var inner = NewDisposeScope();
            var (mean, squares) = Moments(layer, lengths, withDeviations);
            means.Add(mean.MoveToOuterDisposeScope());
            if (squares is not null) deviations.Add(squares.MoveToOuterDisposeScope());
        }
        var flatMeans = PerClip(stack(means, 1));
        var flatDeviations = withDeviations ? PerClip(stack(deviations, 1)) : null;
        return [.. lengths.Select((frames, clip) => new EncodedPiece(frames, flatMeans[clip], flatDeviations?[clip]))];
    }

    /// <summary>Pools the pieces of one clip as if they were one sequence of frames.</summary>
    /// <param name="pieces">The clip's pieces in order.</param>
    /// <param name="layers">How many layers they have.</param>
    /// <returns><c>[layers, dims]</c>, row-major.</returns>
    /// <remarks>Chan, Golub, LeVeque, <em>Updating formulae and a pairwise algorithm for computing sample variances</em>, 1979, equation 2.1.</remarks>
    internal static float[] Combine(IReadOnlyList<EncodedPiece> pieces, int layers)
    {
        var hidden = pieces[0].Values.Length / layers;
        var dims = pieces[0].SquaredDeviations is null ? hidden : 2 * hidden;
        var frames = pieces.Sum(piece => piece.Frames);
        var values = new float[layers * dims];
        for (var layer = 0; layer < layers; layer++)
        {
            for (var i = 0; i < hidden; i++)
            {
                var from = layer * hidden + i;
                var mean = pieces.Sum(piece => piece.Values[from] * (double)piece.Frames) / frames;
                values[layer * dims + i] = (float)mean;
                if (dims == hidden) continue;
                var squares = pieces.Sum(piece => piece.SquaredDeviations![from] + piece.Frames * Square(piece.Values[from] - mean));
                values[layer * dims + hidden + i] = (float)Math.Sqrt(squares / frames);
            }
        }
        return values;
    }

    private static double Square(double value) => value * value;

    private static (Tensor Mean, Tensor? Squares) Moments(Tensor states, long[] lengths, bool withDeviations)
    {
        var frames = states.shape[1];
        var wide = states.to(ScalarType.Float32);
        var device = states.device;
        var count = tensor(Array.ConvertAll(lengths, length => (float)length), new long[] { lengths.Length, 1 }, device: device);
        Tensor? isPadding = null;
        if (lengths.Any(length => length < frames))
        {
            var valid = tensor(lengths, new long[] { lengths.Length, 1, 1 }, device: device);
            isPadding = arange(frames, ScalarType.Int64, device).reshape(1, frames, 1).ge(valid);
        }
        var mean = Masked(wide).sum(new long[] { 1 }) / count; // [batch, hidden]
        if (!withDeviations) return (mean, null);
        var deviation = wide - mean.unsqueeze(1);
        return (mean, Masked(deviation * deviation).sum(new long[] { 1 }));

        // Padded frames may hold anything, not-a-number included, so they are replaced rather than multiplied by 0.
        Tensor Masked(Tensor values) => isPadding is null ? values : values.masked_fill(isPadding, 0f);
    }

    /// <summary>The numbers of each clip.</summary>
    /// <param name="values"><c>[clips, …]</c>, float32.</param>
    internal static float[][] PerClip(Tensor values)
    {
        var flat = values.cpu().contiguous().data<float>().ToArray();
        return [.. flat.Chunk(flat.Length / (int)values.shape[0])];
    }

    private static long[] Lengths(IReadOnlyList<Tensor> layers, Tensor frameLengths)
    {
        ArgumentNullException.ThrowIfNull(frameLengths);
        var (batch, frames) = (layers[0].shape[0], layers[0].shape[1]);
        foreach (var layer in layers) layer.Shape([batch, frames, -1], "[batch, frames, hidden]", "states");
        frameLengths.Shape([batch], "[batch]");
        var lengths = frameLengths.to(ScalarType.Int64).cpu().data<long>().ToArray();
        foreach (var length in lengths) Require.Between(1, frames, length, nameof(frameLengths));
        return lengths;
    }
}
