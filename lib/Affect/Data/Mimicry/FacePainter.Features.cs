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
        // From the inner corner to the outer one; sorrow lets the outer corner sink.
        var lid = Arc(along => -upper);
        var rim = Arc(along => lower);
        var isOpen = upper > 0.022;
        if (isOpen)
        {
            Vector2[] outline = [.. lid, .. rim.Reverse()];
            canvas.Fill(Face(outline), Color.Hex(0xFBF8F4));
            var white = canvas.Cover(Face(outline));
            var iris = At(x + 0.075 * pose.GazeX, EyeLine + 0.005 + 0.055 * pose.GazeY);
            canvas.Glow(OnFace(At(x, EyeLine - upper)), 0.2f * scale, 0.09f * scale, Color.Hex(0x6B5A58), 0.55, white);
            Disc(iris, 0.092f, looks.Iris.Darker(0.45));
            Disc(iris, 0.078f, looks.Iris);
            Disc(iris, 0.044f, Color.Hex(0x120C0A));
            Disc(iris + At(-0.028, -0.032), 0.022f, Color.White);

            void Disc(Vector2 centre, float radius, Color color) =>
                canvas.Fill(Face(Outline.Ellipse(centre.X, centre.Y, radius * looks.EyeSize, radius * looks.EyeSize)), color, 1, white);
        }
        canvas.Fill(Face(Outline.Stroke(isOpen ? lid : rim, 0.028f, 0.05f)), line.Darker(0.45), 0.95);
        if (isOpen) canvas.Fill(Face(Outline.Stroke(rim, 0.012f, 0.016f)), line, 0.5);
        if (isOpen) canvas.Fill(Face(Outline.Stroke(Arc(along => -upper - 0.045 - 0.01 * pose.Lids), 0.010f, 0.018f)), line, 0.55);
        if (pose.Squint > 0.2) canvas.Fill(Face(Outline.Stroke(Arc(along => lower + 0.055), 0.008f, 0.02f)), line, 0.5 * pose.Squint);

        Vector2[] Arc(Func<double, double> height) => [.. Enumerable.Range(0, CurveSteps + 1).Select(step =>
        {
            var along = 2.0 * step / CurveSteps - 1;                            // −1 at the nose, 1 at the temple
            return At(x + side * wide * along, EyeLine + slant * along + height(along) * (1 - along * along) * (1 - 0.12 * along));
        })];
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
        var upperInner = Curve(top, 0, 0);
        var lowerInner = Curve(bottom, 0, 0);
        var upperOuter = Curve(top, -thick, 0.35);
        var lowerOuter = Curve(bottom, 1.25 * thick, 0);
        var lips = looks.Skin.Mix(Color.Hex(0xB03A3E), 0.48);

        canvas.Glow(OnFace(At(0, MouthLine + bottom + 0.17)), 0.2f * scale, 0.07f * scale, shade, 0.6);
        canvas.Fill(Face([.. upperOuter, .. lowerInner.Reverse()]), lips.Darker(0.10));
        canvas.Fill(Face([.. upperInner, .. lowerOuter.Reverse()]), lips);
        if (opening > 0.02)
        {
            Vector2[] inside = [.. upperInner, .. lowerInner.Reverse()];
            canvas.Fill(Face(inside), Color.Hex(0x4A1518));
            var within = canvas.Cover(Face(inside));
            canvas.Fill(Face(Outline.Ellipse(0, (float)(MouthLine + bottom + 0.02), (float)(0.62 * half), (float)(0.42 * opening))), Color.Hex(0xC4565A), 0.9, within);
            var teeth = MouthLine + top + Math.Min(0.085, 0.40 * opening) * Math.Max(0.1, 1 - 1.5 * rounding);
            Vector2[] row = [At(-half, MouthLine - 0.4), At(half, MouthLine - 0.4), At(0.85 * half, teeth + corner * 0.5), At(0, teeth), At(-0.85 * half, teeth + corner * 0.5)];
            canvas.Fill(Face(row), Color.Hex(0xFAF6EE), 1, within);
        }
        else
        {
            canvas.Fill(Face(Outline.Stroke(upperInner, 0.022f, 0.022f)), lips.Darker(0.55), 0.9);
        }
        foreach (var side in (ReadOnlySpan<double>)[-1, 1])
        {
            var end = MouthLine + corner - 0.03 * side * pose.Skew;
            canvas.Glow(OnFace(At(side * (half + 0.01), end)), 0.06f * scale, 0.06f * scale, line, 0.65);
            if (pose.MouthCurve > 0.3)
                Line(line, 0.010f, 0.016f, 0.6 * (pose.MouthCurve - 0.2), At(side * 0.20, 0.27), At(side * (half + 0.06), 0.40), At(side * (half + 0.09), MouthLine + corner + 0.03));
            if (pose.MouthCurve < -0.3)
                Line(line, 0.014f, 0.006f, 0.5 * (-pose.MouthCurve - 0.2), At(side * (half + 0.02), end + 0.02), At(side * (half + 0.05), end + 0.12));
        }

        // A parabola from corner to corner; the bow is the dent in the middle of the upper lip.
        Vector2[] Curve(double height, double lip, double bow) => [.. Enumerable.Range(0, CurveSteps + 1).Select(step =>
        {
            var along = 2.0 * step / CurveSteps - 1;
            var arch = 1 - along * along;
            var y = corner + (height - corner) * arch + lip * arch * (1 - bow * Math.Max(0, 1 - 5 * Math.Abs(along)));
            return At(half * along, MouthLine + y - 0.03 * along * pose.Skew);
        })];
    }

    private void PaintHairBehind()
    {
        var wide = looks.FaceWidth;
        var color = looks.Hair.Darker(0.25);
        switch (looks.Style)
        {
            case HairStyle.Long:
                canvas.Fill(Head(Outline.Mirrored(At(0, -1.18), At(0.75 * wide, -1.08), At(1.22 * wide, -0.5), At(1.28 * wide, 0.4), At(1.32 * wide, 1.25), At(0.8 * wide, 1.55), At(0, 1.5))), color);
                break;
            case HairStyle.Bob:
                canvas.Fill(Head(Outline.Mirrored(At(0, -1.15), At(0.8 * wide, -1.05), At(1.24 * wide, -0.45), At(1.30 * wide, 0.25), At(1.2 * wide, 0.78), At(0.5 * wide, 0.85), At(0, 0.8))), color);
                break;
            case HairStyle.Bun:
                canvas.Fill(Head(Outline.Ellipse(0, -1.2f, 0.34f, 0.28f)), looks.Hair);
                canvas.Fill(Head(Outline.Mirrored(At(0, -1.12), At(0.7 * wide, -1.0), At(1.08 * wide, -0.5), At(1.05 * wide, 0.1), At(0, 0.3))), color);
                break;
            case HairStyle.Curls:
                for (var curl = 0; curl <= 12; curl++)
                {
                    var (y, x) = MathF.SinCos(MathF.PI * (0.86f + 1.28f * curl / 12));
                    canvas.Fill(Head(Outline.Ellipse(1.12f * wide * x, -0.22f + 0.88f * y, 0.27f, 0.27f)), curl % 2 == 0 ? color : looks.Hair.Darker(0.1));
                }
                break;
        }
    }

    private void PaintHairInFront()
    {
        var wide = looks.FaceWidth;
        var light = looks.Hair.Lighter(0.13);
        switch (looks.Style)
        {
            case HairStyle.Short:
                Cap(At(0.98 * wide, -0.12), At(0.86 * wide, -0.42), At(0.62 * wide, -0.68), At(0, -0.72));
                break;
            case HairStyle.Parted:
                Cap(At(1.0 * wide, -0.02), At(0.90 * wide, -0.40), At(0.72 * wide, -0.62), At(0.30 * wide, -0.76), At(-0.35 * wide, -0.88));
                break;
            case HairStyle.Bob:
                Cap(At(1.06 * wide, 0.45), At(0.88 * wide, -0.10), At(0.80 * wide, -0.50), At(0.45 * wide, -0.60), At(0, -0.62));
                break;
            case HairStyle.Long:
                Cap(At(1.08 * wide, 0.6), At(0.93 * wide, -0.10), At(0.72 * wide, -0.60), At(0.35 * wide, -0.80), At(0, -0.92));
                break;
            case HairStyle.Bun:
                Cap(At(0.97 * wide, -0.15), At(0.84 * wide, -0.52), At(0.50 * wide, -0.76), At(0, -0.84));
                break;
            case HairStyle.Curls:
                for (var curl = 0; curl <= 6; curl++)
                {
                    var along = curl / 3f - 1;
                    canvas.Fill(Head(Outline.Ellipse(0.82f * wide * along, -0.93f + 0.22f * along * along, 0.24f, 0.20f)), curl % 2 == 0 ? looks.Hair : light);
                }
                break;
        }

        // From the temple over the crown to the other temple and back along the hairline.
        void Cap(params Vector2[] hairline)
        {
            var temple = hairline[0];
            Vector2[] crown = [At(temple.X + 0.02, -0.35), At(0.98 * wide, -0.75), At(0.58 * wide, -1.08), At(0, -1.17)];
            var right = Outline.Open([temple, .. crown]);
            var left = right.Reverse().Skip(1).Select(point => point with { X = -point.X });
            var edge = Outline.Open(hairline);
            var back = hairline[^1].X == 0
                ? edge.Select(point => point with { X = -point.X }).Concat(edge.Reverse().Skip(1))
                : Outline.Open([temple with { X = -temple.X }, At(-0.9 * wide, -0.45), hairline[^1], .. hairline[1..^1].Reverse(), temple]).AsEnumerable();
            canvas.Fill(Head([.. right, .. left, .. back]), looks.Hair);
            canvas.Fill(Head(Outline.Stroke(Outline.Open(At(-0.55 * wide, -0.92), At(-0.1, -1.04), At(0.35 * wide, -1.0)), 0.02f, 0.06f)), light, 0.7);
        }
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
            Vector2[] around = [.. rim, rim[0], rim[1]];
            canvas.Fill(Face(Outline.Stroke(around, 0.028f, 0.028f)), frame, 0.9);
            Line(frame, 0.03f, 0.03f, 0.9, At(x + side * 0.25, EyeLine - 0.04), At(side * (looks.FaceWidth + 0.02), EyeLine - 0.03));
        }
        var bridge = looks.EyeDistance - 0.25;
        Line(frame, 0.03f, 0.03f, 0.9, At(-bridge, EyeLine - 0.04), At(0, EyeLine - 0.075), At(bridge, EyeLine - 0.04));
    }
}
