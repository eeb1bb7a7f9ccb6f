namespace Affect.Data.Mimicry;

/// <summary>Builds the outlines that a face is drawn with.</summary>
internal static class Outline
{
    private const int StepsPerPiece = 6;
    private const int EllipseSteps = 28;

    internal static Vector2[] Ellipse(float x, float y, float radiusX, float radiusY) =>
        [.. Enumerable.Range(0, EllipseSteps).Select(step => MathF.SinCos(2 * MathF.PI * step / EllipseSteps)).Select(turn => new Vector2(x + radiusX * turn.Cos, y + radiusY * turn.Sin))];

    /// <summary>A smooth closed curve through points (Catmull and Rom).</summary>
    internal static Vector2[] Closed(params Vector2[] points)
    {
        var curve = new Vector2[points.Length * StepsPerPiece];
        for (var piece = 0; piece < points.Length; piece++)
            for (var step = 0; step < StepsPerPiece; step++)
                curve[piece * StepsPerPiece + step] = Between(At(piece - 1), At(piece), At(piece + 1), At(piece + 2), (float)step / StepsPerPiece);
        return curve;

        Vector2 At(int index) => points[(index + points.Length) % points.Length];
    }

    /// <summary>A smooth open curve through points.</summary>
    internal static Vector2[] Open(params Vector2[] points)
    {
        var curve = new List<Vector2>();
        for (var piece = 0; piece + 1 < points.Length; piece++)
            for (var step = 0; step < StepsPerPiece; step++)
                curve.Add(Between(points[Math.Max(0, piece - 1)], points[piece], points[piece + 1], points[Math.Min(points.Length - 1, piece + 2)], (float)step / StepsPerPiece));
        curve.Add(points[^1]);
        return [.. curve];
    }

    /// <summary>A closed symmetric curve from its right half, listed from top to bottom.</summary>
    internal static Vector2[] Mirrored(params Vector2[] right) =>
        Closed([.. right, .. right.Reverse().Where(point => point.X != 0).Select(point => point with { X = -point.X })]);

    /// <summary>The outline of a line of changing width along a curve.</summary>
    /// <param name="curve">The middle of the line.</param>
    /// <param name="start">The width at its start.</param>
    /// <param name="end">The width at its end.</param>
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

    private static Vector2 Between(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float part) =>
        0.5f * (2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * (part * part) + (3 * b - a - 3 * c + d) * (part * part * part));
}
