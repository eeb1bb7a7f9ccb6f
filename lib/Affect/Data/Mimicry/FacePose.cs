namespace Affect.Data.Mimicry;

/// <summary>What a face does at one moment; 0 everywhere is rest.</summary>
internal sealed record FacePose
{
    /// <summary>Both brows, −1 down to 1 up.</summary>
    internal double BrowRaise { get; init; }

    /// <summary>The brows' inner ends, −1 down to 1 up.</summary>
    internal double BrowInner { get; init; }

    /// <summary>How far the brows are drawn together, 0…1.</summary>
    internal double Furrow { get; init; }

    /// <summary>The upper lids, −1 closed, 0 at rest, 1 wide open.</summary>
    internal double Lids { get; init; }

    /// <summary>The lower lids, 0…1 raised.</summary>
    internal double Squint { get; init; }

    /// <summary>The mouth's corners, −1 down to 1 up.</summary>
    internal double MouthCurve { get; init; }

    /// <summary>The mouth's width, −1 narrow to 1 wide.</summary>
    internal double MouthWidth { get; init; }

    /// <summary>How far the jaw is open, 0…1.</summary>
    internal double Jaw { get; init; }

    /// <summary>How much more one side does than the other, −1…1.</summary>
    internal double Skew { get; init; }

    /// <summary>The head, −1 raised to 1 lowered.</summary>
    internal double Nod { get; init; }

    /// <summary>The head, −1 to its right to 1 to its left.</summary>
    internal double Turn { get; init; }

    /// <summary>The head's tilt in degrees, clockwise.</summary>
    internal double RollDegrees { get; init; }

    /// <summary>The eyes, −1 to the picture's left to 1 to its right.</summary>
    internal double GazeX { get; init; }

    /// <summary>The eyes, −1 up to 1 down.</summary>
    internal double GazeY { get; init; }

    /// <summary>How red the cheeks are, 0…1.</summary>
    internal double Blush { get; init; }
}
