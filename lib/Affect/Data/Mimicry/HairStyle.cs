namespace Affect.Data.Mimicry;

/// <summary>A way to wear hair, by the points of its outlines: x in widths of the face, y in half heads. Bun and curls have round parts besides.</summary>
internal sealed class HairStyle
{
    internal static readonly HairStyle Short = new() { Hairline = [(0.98, -0.12), (0.86, -0.42), (0.62, -0.68), (0, -0.72)] };
    internal static readonly HairStyle Parted = new() { Hairline = [(1.0, -0.02), (0.90, -0.40), (0.72, -0.62), (0.30, -0.76), (-0.35, -0.88)] };
    internal static readonly HairStyle Bald = new();
    internal static readonly HairStyle Curls = new();

    internal static readonly HairStyle Bob = new()
    {
        Behind = [(0, -1.15), (0.8, -1.05), (1.24, -0.45), (1.30, 0.25), (1.2, 0.78), (0.5, 0.85), (0, 0.8)],
        Hairline = [(1.06, 0.45), (0.88, -0.10), (0.80, -0.50), (0.45, -0.60), (0, -0.62)],
    };

    internal static readonly HairStyle Long = new()
    {
        Behind = [(0, -1.18), (0.75, -1.08), (1.22, -0.5), (1.28, 0.4), (1.32, 1.25), (0.8, 1.55), (0, 1.5)],
        Hairline = [(1.08, 0.6), (0.93, -0.10), (0.72, -0.60), (0.35, -0.80), (0, -0.92)],
    };

    internal static readonly HairStyle Bun = new()
    {
        Behind = [(0, -1.12), (0.7, -1.0), (1.08, -0.5), (1.05, 0.1), (0, 0.3)],
        Hairline = [(0.97, -0.15), (0.84, -0.52), (0.50, -0.76), (0, -0.84)],
    };

    /// <summary>The right half of what is seen behind the head, from top to bottom; may be empty.</summary>
    internal (double X, double Y)[] Behind { get; private init; } = [];

    /// <summary>The edge on the forehead, from the right temple to the middle or to a parting on the left; may be empty.</summary>
    internal (double X, double Y)[] Hairline { get; private init; } = [];
}
