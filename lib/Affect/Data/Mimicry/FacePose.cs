namespace Affect.Data.Mimicry;

/// <summary>What a face does at one moment; 0 everywhere is rest.</summary>
/// <param name="BrowRaise">Both brows, −1 down to 1 up.</param>
/// <param name="BrowInner">The brows' inner ends, −1 down to 1 up.</param>
/// <param name="Furrow">How far the brows are drawn together, 0…1.</param>
/// <param name="Lids">The upper lids, −1 closed, 0 at rest, 1 wide open.</param>
/// <param name="Squint">The lower lids, 0…1 raised.</param>
/// <param name="MouthCurve">The mouth's corners, −1 down to 1 up.</param>
/// <param name="MouthWidth">The mouth's width, −1 narrow to 1 wide.</param>
/// <param name="Jaw">How far the jaw is open, 0…1.</param>
/// <param name="Skew">How much more one side does than the other, −1…1.</param>
/// <param name="Nod">The head, −1 raised to 1 lowered.</param>
/// <param name="RollDegrees">The head's tilt in degrees, clockwise.</param>
/// <param name="GazeY">The eyes, −1 up to 1 down.</param>
internal sealed record FacePose(
    double BrowRaise = 0, double BrowInner = 0, double Furrow = 0, double Lids = 0, double Squint = 0, double MouthCurve = 0,
    double MouthWidth = 0, double Jaw = 0, double Skew = 0, double Nod = 0, double RollDegrees = 0, double GazeY = 0)
{
    /// <summary>The eyes, −1 to the picture's left to 1 to its right.</summary>
    internal double GazeX { get; init; }

    /// <summary>The head, −1 to its right to 1 to its left.</summary>
    internal double Turn { get; init; }

    /// <summary>How red the cheeks are, 0…1.</summary>
    internal double Blush { get; init; } = Math.Clamp(MouthCurve, 0, 1);

    /// <summary>The pose of values of <see cref="FaceCues.Table"/>, without speech, blinks or sway.</summary>
    internal static FacePose Of(double[] cues) =>
        new(cues[0], cues[1], cues[2], cues[3], cues[4], cues[5], cues[6], cues[FaceCues.Jaw], cues[8], cues[9], cues[10], cues[11]);
}
