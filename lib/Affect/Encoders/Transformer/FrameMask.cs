namespace Affect.Encoders.Transformer;

/// <summary>Which frames of a padded batch are valid.</summary>
internal static class FrameMask
{
    /// <summary>True where a frame is valid.</summary>
    /// <param name="lengths"><c>[batch]</c>, the valid frames of each clip.</param>
    /// <param name="frames">The width of the batch.</param>
    /// <returns><c>[batch, frames]</c>, Bool.</returns>
    internal static Tensor Of(Tensor lengths, long frames)
    {
        using var scope = NewDisposeScope();
        return arange(frames, dtype: ScalarType.Int64, device: lengths.device).unsqueeze(0).lt(lengths.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>What is added to attention scores: 0 for keys that are valid, the lowest number for the others.</summary>
    /// <param name="mask"><c>[batch, frames]</c>, Bool.</param>
    /// <param name="type">The scores' number format.</param>
    /// <returns><c>[batch, 1, 1, frames]</c></returns>
    internal static Tensor Additive(Tensor mask, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var bias = zeros(mask.shape, dtype: type, device: mask.device);
        return bias.masked_fill(~mask, Lowest(type)).unsqueeze(1).unsqueeze(1).MoveToOuterDisposeScope();
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
