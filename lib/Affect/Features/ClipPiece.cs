namespace Affect.Features;

/// <summary>A contiguous part of a clip's waveform, or all of it.</summary>
/// <param name="Clip">The clip's position in its window.</param>
/// <param name="Start">The first sample.</param>
/// <param name="Length">How many samples.</param>
internal sealed record ClipPiece(int Clip, int Start, int Length);
