namespace Affect.Features;

/// <summary>What is known of a piece's frames after encoding: enough to pool it with the other pieces of its clip.</summary>
/// <param name="Frames">How many valid frames.</param>
/// <param name="Mean"><c>[layers, hidden]</c>, row-major.</param>
/// <param name="SquaredDeviations">The sum over frames of the squared deviation from the mean, <c>[layers, hidden]</c>; null where only the mean is asked for.</param>
internal sealed record FrameMoments(long Frames, float[] Mean, float[]? SquaredDeviations);
