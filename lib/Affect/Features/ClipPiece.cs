namespace Affect.Features;

/// <summary>A contiguous part of a clip's input, or all of it.</summary>
/// <param name="Clip">The clip's position in its window.</param>
/// <param name="Start">The first sample, picture or text.</param>
/// <param name="Length">How many.</param>
public sealed record ClipPiece(int Clip, int Start, int Length);
