namespace Affect.Data.Mimicry;

/// <summary>Builds the outlines that a face is drawn with.</summary>
internal static class Outline
{
    private const int StepsPerPiece = 6;
    private const int EllipseSteps = 28;

    internal static Vector2[] Ellipse(float x, float y, float radiusX, float radiusY) =>
        [.. Enumerable.Range(0, EllipseSteps).Select(step => MathF.SinCos(2 * MathF.PI * step / EllipseSteps)).Select(turn => new Vector2(x + radiusX * turn.Cos, y + radiusY * turn.Sin))];

    /// <summary>A smooth closed curve through points.</summary>
    internal static Vector2[] Closed(params Vector2[] points) => Smooth(points.Length, index => points[(index + points.Length) % points.Length]);

    /// <summary>A smooth open curve through points.</summary>
    internal static Vector2[] Open(params Vector2[] points) =>
        [.. Smooth(points.Length - 1, index => points[Math.Clamp(index, 0, points.Length - 1)]), points[^1]];

    /// <summary>A closed symmetric curve from its right half, listed from top to bottom.</summary>
    internal static Vector2[] Mirrored(params Vector2[] right) =>
        Closed([.. right, .. right.Reverse().Where(point => point.X != 0).Select(point => point with { X = -point.X })]);

    /// <summary>The outline of a line along a curve, whose width changes from start to end.</summary>
    internal static Vector2[] Stroke(ReadOnlySpan<Vector2> curve, float start, float end)
    {
        var outline = new Vector2[curve.Length * 2];
        for (var index = 0; index < curve.Length; index++)
        {
            var along = curve[Math.Min(index + 1, curve.Length - 1)] - curve[Math.Max(index - 1, 0)];
            var length = along.Length();
            var aside = length > 0 ? new Vector2(-along.Y, along.X) / length : Vector2.UnitY;
            var half = (start + (end - start) * index / (curve.Length - 1)) / 2;
            outline[index] = curve[index] + half * aside;
            outline[^(index + 1)] = curve[index] - half * aside;
        }
        return outline;
    }

    // Catmull and Rom's curve: each piece leads from one point to the next, by the points around them.
    private static Vector2[] Smooth(int pieces, Func<int, Vector2> at)
    {
        var curve = new Vector2[pieces * StepsPerPiece];
        for (var step = 0; step < curve.Length; step++)
        {
            var (piece, part) = (step / StepsPerPiece, (float)(step % StepsPerPiece) / StepsPerPiece);
            var (a, b, c, d) = (at(piece - 1), at(piece), at(piece + 1), at(piece + 2));
            curve[step] = 0.5f * (2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * (part * part) + (3 * b - a - 3 * c + d) * (part * part * part));
        }
        return curve;
    }
}
