namespace Affect.Data.Mimicry;

internal sealed partial class FacePainter
{
    private const int CurveSteps = 14;

    private void PaintEye(int side)
    {
        var (x, wide) = (side * looks.EyeDistance, 0.165f * looks.EyeSize);
        var slant = 0.03 * Math.Max(0, pose.BrowInner) - 0.02 * Math.Max(0, -pose.BrowInner);
        var open = Math.Max(0, 1 + pose.Lids) * (1 - 0.22 * pose.Squint);
        var (upper, lower) = (0.115 * looks.EyeSize * open, 0.075 * looks.EyeSize * Math.Min(1, open) * (1 - 0.75 * pose.Squint));
        var (lid, rim) = (Arc(-upper), Arc(lower));
        var isOpen = upper > 0.022;
        if (isOpen)
        {
            Vector2[] outline = Face([.. lid, .. rim.Reverse()]);
            canvas.Fill(outline, Color.Hex(0xFBF8F4));
            var white = canvas.Cover(outline);
            var iris = At(x + 0.075 * pose.GazeX, EyeLine + 0.005 + 0.055 * pose.GazeY);
            Glow(OnFace(At(x, EyeLine - upper)), 0.2f, 0.09f, Color.Hex(0x6B5A58), 0.55, white);
            Disc(iris, 0.092f, looks.Iris.Darker(0.45));
            Disc(iris, 0.078f, looks.Iris);
            Disc(iris, 0.044f, Color.Hex(0x120C0A));
            Disc(iris + At(-0.028, -0.032), 0.022f, Color.White);

            void Disc(Vector2 centre, float radius, Color color) =>
                canvas.Fill(Face(Outline.Ellipse(centre.X, centre.Y, radius * looks.EyeSize, radius * looks.EyeSize)), color, 1, white);
        }
        Stroke(line.Darker(0.45), 0.028f, 0.05f, 0.95, isOpen ? lid : rim);
        if (isOpen) Stroke(line, 0.012f, 0.016f, 0.5, rim);
        if (isOpen) Stroke(line, 0.010f, 0.018f, 0.55, Arc(-upper - 0.045 - 0.01 * pose.Lids));
        if (pose.Squint > 0.2) Stroke(line, 0.008f, 0.02f, 0.5 * pose.Squint, Arc(lower + 0.055));

        // From the corner at the nose to the one at the temple, which sorrow lets sink.
        Vector2[] Arc(double height) => Curve(along =>
            At(x + side * wide * along, EyeLine + slant * along + height * (1 - along * along) * (1 - 0.12 * along)));
    }

    private void PaintMouth()
    {
        var half = 0.27 * (1 + 0.33 * pose.MouthWidth - 0.22 * pose.Jaw);
        var opening = 0.42 * pose.Jaw;
        var rounding = Math.Max(0, -pose.MouthWidth);
        var corner = -0.115 * pose.MouthCurve + (0.15 + 0.35 * rounding) * opening;
        var top = 0.05 * pose.MouthCurve - (0.20 + 0.20 * rounding) * opening;
        var bottom = top + opening;
        var thick = looks.LipThickness * (1 - 0.25 * Math.Max(0, pose.MouthWidth)) * (pose.MouthCurve < -0.3 && pose.Jaw < 0.1 ? 0.85 : 1);
        var (upperInner, lowerInner) = (Lip(top, 0, 0), Lip(bottom, 0, 0));
        var (upperOuter, lowerOuter) = (Lip(top, -thick, 0.35), Lip(bottom, 1.25 * thick, 0));
        var lips = looks.Skin.Mix(Color.Hex(0xB03A3E), 0.48);

        Glow(OnFace(At(0, MouthLine + bottom + 0.17)), 0.2f, 0.07f, shade, 0.6);
        canvas.Fill(Face([.. upperOuter, .. lowerInner.Reverse()]), lips.Darker(0.10));
        canvas.Fill(Face([.. upperInner, .. lowerOuter.Reverse()]), lips);
        if (opening > 0.02)
        {
            Vector2[] inside = Face([.. upperInner, .. lowerInner.Reverse()]);
            canvas.Fill(inside, Color.Hex(0x4A1518));
            var within = canvas.Cover(inside);
            canvas.Fill(Face(Outline.Ellipse(0, (float)(MouthLine + bottom + 0.02), (float)(0.62 * half), (float)(0.42 * opening))), Color.Hex(0xC4565A), 0.9, within);
            var teeth = MouthLine + top + Math.Min(0.085, 0.40 * opening) * Math.Max(0.1, 1 - 1.5 * rounding);
            Vector2[] row = [At(-half, MouthLine - 0.4), At(half, MouthLine - 0.4), At(0.85 * half, teeth + corner * 0.5), At(0, teeth), At(-0.85 * half, teeth + corner * 0.5)];
            canvas.Fill(Face(row), Color.Hex(0xFAF6EE), 1, within);
        }
        else
        {
            Stroke(lips.Darker(0.55), 0.022f, 0.022f, 0.9, upperInner);
        }
        foreach (var side in (ReadOnlySpan<double>)[-1, 1])
        {
            var end = MouthLine + corner - 0.03 * side * pose.Skew;
            Glow(OnFace(At(side * (half + 0.01), end)), 0.06f, 0.06f, line, 0.65);
            if (pose.MouthCurve > 0.3)
                Line(line, 0.010f, 0.016f, 0.6 * (pose.MouthCurve - 0.2), At(side * 0.20, 0.27), At(side * (half + 0.06), 0.40), At(side * (half + 0.09), MouthLine + corner + 0.03));
            if (pose.MouthCurve < -0.3)
                Line(line, 0.014f, 0.006f, 0.5 * (-pose.MouthCurve - 0.2), At(side * (half + 0.02), end + 0.02), At(side * (half + 0.05), end + 0.12));
        }

        // A parabola from corner to corner; the bow is the dent in the middle of the upper lip.
        Vector2[] Lip(double height, double lip, double bow) => Curve(along =>
        {
            var arch = 1 - along * along;
            var y = corner + (height - corner) * arch + lip * arch * (1 - bow * Math.Max(0, 1 - 5 * Math.Abs(along)));
            return At(half * along, MouthLine + y - 0.03 * along * pose.Skew);
        });
    }

    private void PaintGlasses()
    {
        if (looks.Glasses == 0) return;
        var frame = Color.Hex(0x2B2A2E);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var x = side * looks.EyeDistance;
            var rim = looks.Glasses == 1
                ? Outline.Ellipse(x, EyeLine, 0.255f, 0.235f)
                : Outline.Closed(At(x - 0.25, EyeLine - 0.17), At(x, EyeLine - 0.19), At(x + 0.25, EyeLine - 0.17), At(x + 0.22, EyeLine + 0.17), At(x, EyeLine + 0.2), At(x - 0.22, EyeLine + 0.17));
            canvas.Fill(Face(rim), Color.White, 0.10);
            Stroke(frame, 0.028f, 0.028f, 0.9, [.. rim, rim[0], rim[1]]);
            Line(frame, 0.03f, 0.03f, 0.9, At(x + side * 0.25, EyeLine - 0.04), At(side * (looks.FaceWidth + 0.02), EyeLine - 0.03));
        }
        var bridge = looks.EyeDistance - 0.25;
        Line(frame, 0.03f, 0.03f, 0.9, At(-bridge, EyeLine - 0.04), At(0, EyeLine - 0.075), At(bridge, EyeLine - 0.04));
    }

    // From one end, −1, to the other, 1.
    private static Vector2[] Curve(Func<double, Vector2> point) => [.. Enumerable.Range(0, CurveSteps + 1).Select(step => point(2.0 * step / CurveSteps - 1))];
}
