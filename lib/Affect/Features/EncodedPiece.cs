namespace Affect.Features;

/// <summary>What an encoder makes of a piece of a clip: enough to put it together with the other pieces of its clip.</summary>
/// <param name="Frames">How many valid frames it has.</param>
/// <param name="Values"><c>[rows, dims]</c>, row-major: a row per layer, or per frame where frames are kept.</param>
/// <param name="SquaredDeviations">The sum over frames of the squared deviation from the mean, shaped like <paramref name="Values"/>; null where it is not needed.</param>
public sealed record EncodedPiece(long Frames, float[] Values, float[]? SquaredDeviations = null);
