namespace Affect.Features;

/// <summary>The frames of a corpus's clips: for every clip a sequence of its own length.</summary>
public sealed class SequenceTable
{
    private readonly IReadOnlyList<float[]> sequences;

    /// <summary>Takes the values over; they are not copied.</summary>
    /// <param name="clipIds">One per clip; no two alike.</param>
    /// <param name="sequences">Each <c>[frames, dims]</c>, row-major, at least one frame.</param>
    /// <param name="dims">How many numbers a frame has.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together, or two clips share an id.</exception>
    public SequenceTable(IReadOnlyList<string> clipIds, IReadOnlyList<float[]> sequences, int dims)
    {
        ArgumentNullException.ThrowIfNull(clipIds);
        ArgumentNullException.ThrowIfNull(sequences);
        Dims = Require.AtLeast(1, dims, nameof(dims));
        if (clipIds.Count != sequences.Count)
            throw new ArgumentException($"sequences must be one a clip, {clipIds.Count}, but are {sequences.Count}.", nameof(sequences));
        foreach (var (id, sequence) in FeatureTable.EachOnce(clipIds).Zip(sequences))
            if (sequence.Length == 0 || sequence.Length % dims != 0)
                throw new ArgumentException($"sequences must hold whole frames of {dims} numbers, but that of '{id}' holds {sequence.Length}.", nameof(sequences));
        (ClipIds, this.sequences) = (clipIds, sequences);
    }

    /// <summary>The clips.</summary>
    public IReadOnlyList<string> ClipIds { get; }

    /// <summary>How many numbers a frame has.</summary>
    public int Dims { get; }

    /// <summary>How many frames a clip has.</summary>
    public int Frames(int clip) => sequences[clip].Length / Dims;

    /// <summary>One clip's frames.</summary>
    /// <returns><c>[frames, dims]</c>, row-major.</returns>
    public ReadOnlySpan<float> Sequence(int clip) => sequences[Require.Between(0, sequences.Count - 1, clip)];

    /// <summary>Some clips side by side, shorter ones filled up with 0.</summary>
    /// <param name="clips">Positions in <see cref="ClipIds"/>; at least one.</param>
    /// <param name="device">Where to; null: the CPU.</param>
    /// <returns><c>[clips, frames, dims]</c>, and each clip's valid frames <c>[clips]</c>, Int64.</returns>
    public (Tensor Frames, Tensor Lengths) Batch(IReadOnlyList<int> clips, Device? device = null)
    {
        Require.NotEmpty(clips);
        using var scope = NewDisposeScope();
        var lengths = clips.Select(clip => (long)Frames(clip)).ToArray();
        var longest = (int)lengths.Max();
        var values = new float[clips.Count * longest * Dims];
        foreach (var (row, clip) in clips.Index()) Sequence(clip).CopyTo(values.AsSpan(row * longest * Dims));
        var frames = tensor(values, new long[] { clips.Count, longest, Dims });
        return ((device is null ? frames : frames.to(device)).MoveToOuterDisposeScope(), tensor(lengths, dtype: ScalarType.Int64, device: device).MoveToOuterDisposeScope());
    }

    /// <summary>One vector per clip.</summary>
    /// <param name="pooling">Mean over the frames, or mean and deviation.</param>
    /// <returns>A table of one layer.</returns>
    public FeatureTable Pool(Pooling pooling)
    {
        var size = pooling == Pooling.MeanAndDeviation ? 2 * Dims : Dims;
        var values = new float[ClipIds.Count * size];
        for (var clip = 0; clip < ClipIds.Count; clip++)
        {
            using var scope = NewDisposeScope();
            var (frames, lengths) = Batch([clip]);
            FramePooling.Pool(frames, lengths, pooling).data<float>().ToArray().CopyTo(values.AsSpan(clip * size));
        }
        return new FeatureTable(ClipIds, values, layers: 1, size);
    }

    /// <summary>The sequences of some of the clips, in the order asked for.</summary>
    /// <param name="clips">Positions in <see cref="ClipIds"/>, no two alike.</param>
    public SequenceTable Select(IReadOnlyList<int> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return new SequenceTable([.. clips.Select(clip => ClipIds[clip])], [.. clips.Select(clip => sequences[clip])], Dims);
    }
}
