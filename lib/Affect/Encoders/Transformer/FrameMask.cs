namespace Affect.Encoders.Transformer;

/// <summary>Which frames of a padded batch are valid.</summary>
public static class FrameMask
{
    /// <summary>True where a frame is valid.</summary>
    /// <param name="lengths"><c>[batch]</c>, the valid frames of each clip.</param>
    /// <param name="frames">The width of the batch.</param>
    /// <returns><c>[batch, frames]</c>, Bool.</returns>
    public static Tensor Of(Tensor lengths, long frames)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        return arange(frames, dtype: ScalarType.Int64, device: lengths.device).unsqueeze(0).lt(lengths.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The mask by which every frame attends to the valid ones.</summary>
    /// <param name="valid"><c>[batch, frames]</c>, Bool.</param>
    /// <returns><c>[batch, 1, 1, frames]</c></returns>
    public static Tensor Keys(Tensor valid)
    {
        ArgumentNullException.ThrowIfNull(valid);
        return valid.reshape(valid.shape[0], 1, 1, valid.shape[1]);
    }

    /// <summary>The lowest number of a format, which a softmax makes 0 of.</summary>
    internal static double Lowest(ScalarType type) => type switch
    {
        ScalarType.Float64 => double.MinValue,
        ScalarType.BFloat16 => -3.3895313892515355e38, // (2 − 2⁻⁷) · 2¹²⁷
        ScalarType.Float16 => -65504,
        _ => float.MinValue,
    };
}
