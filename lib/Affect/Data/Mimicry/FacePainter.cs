namespace Affect.Data.Mimicry;

/// <summary>Draws one face in one pose. Lengths are in half heads, from the head's middle, y downwards.</summary>
internal sealed partial class FacePainter
{
    private const float EyeLine = -0.06f;
    private const float BrowLine = -0.345f;
    private const float MouthLine = 0.53f;

    private readonly Canvas canvas;
    private readonly FaceLooks looks;
    private readonly FacePose pose;
    private readonly Vector2 middle;
    private readonly float scale;
    private readonly float sine;
    private readonly float cosine;
    private readonly Color shade;
    private readonly Color line;

    private FacePainter(Canvas canvas, FaceLooks looks, FacePose pose, Framing framing)
    {
        (this.canvas, this.looks, this.pose) = (canvas, looks, pose);
        scale = (float)framing.HalfHead * canvas.Height;
        middle = new Vector2((float)framing.X * canvas.Width, (float)framing.Y * canvas.Height) + scale * new Vector2(0.05f * (float)pose.Turn, 0.05f * (float)pose.Nod);
        (sine, cosine) = MathF.SinCos((float)(pose.RollDegrees * Math.PI / 180));
        shade = looks.Skin.Mix(Color.Hex(0x5A2A1E), 0.28);
        line = looks.Skin.Mix(Color.Hex(0x2A120C), 0.62);
    }

    /// <summary>The picture as bytes <c>[size, size, 3]</c>.</summary>
    internal static byte[] Paint(Canvas canvas, FaceLooks looks, FacePose pose, Framing framing)
    {
        var painter = new FacePainter(canvas, looks, pose, framing);
        canvas.Clear(looks.Background.Lighter(0.25), looks.Background.Darker(0.10));
        painter.PaintHairBehind();
        painter.PaintBody();
        painter.PaintHead();
        painter.PaintNose();
        painter.PaintMouth();
        painter.PaintEye(-1);
        painter.PaintEye(1);
        painter.PaintHairInFront();
        painter.PaintBrow(-1);
        painter.PaintBrow(1);
        painter.PaintGlasses();
        return canvas.ToRgb(framing.Light);
    }

    // On the head's outline.
    private Vector2 OnHead(Vector2 point) => middle + scale * new Vector2(cosine * point.X - sine * point.Y, sine * point.X + cosine * point.Y);

    // On the face, which moves more than the outline when the head turns or nods.
    private Vector2 OnFace(Vector2 point) => OnHead(point + new Vector2(0.11f * (float)pose.Turn, 0.08f * (float)pose.Nod));

    private Vector2[] Head(Vector2[] outline) => Array.ConvertAll(outline, OnHead);

    private Vector2[] Face(Vector2[] outline) => Array.ConvertAll(outline, OnFace);

    private void Glow(Vector2 centre, float radiusX, float radiusY, Color color, double alpha, float[]? within = null) =>
        canvas.Glow(centre, radiusX * scale, radiusY * scale, color, alpha, within);

    private void Stroke(Color color, float start, float end, double alpha, Vector2[] curve) => canvas.Fill(Face(Outline.Stroke(curve, start, end)), color, alpha);

    private void Line(Color color, float start, float end, double alpha, params Vector2[] points) => Stroke(color, start, end, alpha, Outline.Open(points));

    private static Vector2 At(double x, double y) => new((float)x, (float)y);

    private void PaintBody()
    {
        var body = middle + new Vector2(-0.03f * (float)pose.Turn * scale, 0);
        Fill(looks.Shirt, At(0, 1.12), At(0.42, 1.20), At(1.05, 1.42), At(1.42, 1.95), At(1.45, 3.0));
        Fill(looks.Shirt.Darker(0.18), At(0, 1.10), At(0.46, 1.16), At(0.34, 1.42), At(0, 1.62));
        Fill(looks.Skin.Mix(shade, 0.45), At(0, 0.55), At(0.34, 0.62), At(0.33, 1.18), At(0.24, 1.36), At(0, 1.48));
        Glow(body + scale * At(0, 1.04), 0.5f, 0.22f, shade.Darker(0.15), 0.8);

        void Fill(Color color, params Vector2[] right) => canvas.Fill(Array.ConvertAll(Outline.Mirrored(right), point => body + scale * point), color);
    }

    private void PaintHead()
    {
        var (wide, jaw) = (looks.FaceWidth, looks.JawWidth);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            canvas.Fill(Head(Outline.Ellipse(side * (wide + 0.03f), 0.06f, 0.13f, 0.20f)), looks.Skin.Mix(shade, 0.35));
            canvas.Fill(Head(Outline.Ellipse(side * (wide + 0.03f), 0.07f, 0.07f, 0.12f)), shade);
            if (looks.HasEarrings) canvas.Fill(Head(Outline.Ellipse(side * (wide + 0.05f), 0.31f, 0.05f, 0.05f)), Color.Hex(0xE2B84B));
        }
        var drop = 0.10f * (float)pose.Jaw;                                     // the chin follows the jaw
        var head = Head(Outline.Mirrored(
            At(0, -1.0), At(0.55 * wide, -0.90), At(0.93 * wide, -0.50), At(wide, -0.05), At(0.94 * wide, 0.36), At(jaw, 0.70 + drop / 2), At(0.55 * jaw, 0.93 + drop), At(0, 1.0 + drop)));
        canvas.Fill(head, looks.Skin);
        var inside = canvas.Cover(head);
        Glow(OnHead(At(-0.15, -0.45)), 0.8f, 0.6f, looks.Skin.Lighter(0.35), 0.45, inside);
        Glow(OnHead(At(0.95, 0.35)), 0.75f, 1.1f, shade, 0.55, inside);
        Glow(OnHead(At(-1.05, 0.5)), 0.5f, 0.9f, shade, 0.35, inside);
        if (looks.Beard > 0)
        {
            var beard = Face(Outline.Mirrored(At(0, 0.39), At(0.28, 0.40), At(0.42, 0.62), At(0.62, 0.42), At(0.80, 0.0), At(0.95, 0.3), At(0.75, 1.0), At(0, 1.25)));
            canvas.Fill(beard, looks.Hair.Mix(looks.Skin, 0.15), 0.75 * looks.Beard, inside);
        }
        var blush = looks.Skin.Mix(Color.Hex(0xE0503C), 0.55);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1]) Glow(OnFace(At(side * 0.45, 0.28)), 0.24f, 0.17f, blush, 0.25 + 0.5 * pose.Blush, inside);
    }

    private void PaintNose()
    {
        var (tip, width) = (0.02f + looks.NoseLength, looks.NoseWidth);
        Glow(OnFace(At(0.07, tip - 0.06)), 0.16f, 0.22f, shade, 0.55);
        Glow(OnFace(At(-0.02, tip - 0.12)), 0.07f, 0.2f, looks.Skin.Lighter(0.4), 0.6);
        Line(line, 0.022f, 0.022f, 0.75, At(-width, tip - 0.03), At(-0.6 * width, tip + 0.035), At(0, tip + 0.05), At(0.6 * width, tip + 0.035), At(width, tip - 0.03));
    }

    private void PaintBrow(int side)
    {
        var raise = 0.15 * (pose.BrowRaise + 0.5 * (side * pose.Skew));
        var inner = 0.14 * pose.BrowInner;
        var near = looks.EyeDistance - 0.185 - 0.05 * pose.Furrow;
        var far = looks.EyeDistance + 0.215;
        var brow = Outline.Open(
            At(side * near, BrowLine - raise - inner + 0.02),
            At(side * (near + 0.12), BrowLine - 0.035 - raise - 0.55 * inner),
            At(side * (0.35 * near + 0.65 * far), BrowLine - 0.05 - raise + 0.05 * inner - 0.02 * Math.Max(0, pose.BrowRaise)),
            At(side * far, BrowLine + 0.035 - 0.7 * raise + 0.35 * inner));
        Stroke(looks.Hair.Mix(Color.Hex(0x2A1B14), 0.35), looks.BrowThickness, 0.35f * looks.BrowThickness, 0.95, brow);
        if (pose.Furrow > 0.15)
            Line(line, 0.02f, 0.01f, 0.75 * pose.Furrow, At(side * 0.055, BrowLine - 0.06), At(side * 0.045, BrowLine + 0.03), At(side * 0.06, BrowLine + 0.10));
        if (side < 0 || pose.BrowRaise <= 0.35 || looks.Style == HairStyle.Bob) return;
        foreach (var height in (ReadOnlySpan<double>)[0.27, 0.36])
            Line(line, 0.012f, 0.012f, 0.45 * (pose.BrowRaise - 0.35), At(-0.3, BrowLine - height), At(0, BrowLine - height - 0.03), At(0.3, BrowLine - height));
    }

    private void PaintHairBehind()
    {
        var color = looks.Hair.Darker(0.25);
        if (looks.Style == HairStyle.Bun) canvas.Fill(Head(Outline.Ellipse(0, -1.2f, 0.34f, 0.28f)), looks.Hair);
        if (looks.Style.Behind.Length > 0) canvas.Fill(Head(Outline.Mirrored(OfHair(looks.Style.Behind))), color);
        if (looks.Style != HairStyle.Curls) return;
        for (var curl = 0; curl <= 12; curl++)
        {
            var (y, x) = MathF.SinCos(MathF.PI * (0.86f + 1.28f * curl / 12));
            canvas.Fill(Head(Outline.Ellipse(1.12f * looks.FaceWidth * x, -0.22f + 0.88f * y, 0.27f, 0.27f)), curl % 2 == 0 ? color : looks.Hair.Darker(0.1));
        }
    }

    private void PaintHairInFront()
    {
        var light = looks.Hair.Lighter(0.13);
        if (looks.Style.Hairline.Length > 0)
        {
            // From the temple over the crown to the other temple and back along the hairline.
            var hairline = OfHair(looks.Style.Hairline);
            var temple = hairline[0];
            var right = Outline.Open([temple, At(temple.X + 0.02, -0.35), .. OfHair([(0.98, -0.75), (0.58, -1.08), (0, -1.17)])]);
            var edge = Outline.Open(hairline);
            var back = hairline[^1].X == 0
                ? edge.Select(Mirror).Concat(edge.Reverse().Skip(1))
                : Outline.Open([Mirror(temple), .. OfHair([(-0.9, -0.45)]), hairline[^1], .. hairline[1..^1].Reverse(), temple]);
            canvas.Fill(Head([.. right, .. right.Reverse().Skip(1).Select(Mirror), .. back]), looks.Hair);
            canvas.Fill(Head(Outline.Stroke(Outline.Open(At(-0.55 * looks.FaceWidth, -0.92), At(-0.1, -1.04), At(0.35 * looks.FaceWidth, -1.0)), 0.02f, 0.06f)), light, 0.7);
        }
        if (looks.Style != HairStyle.Curls) return;
        for (var curl = 0; curl <= 6; curl++)
        {
            var along = curl / 3f - 1;
            canvas.Fill(Head(Outline.Ellipse(0.82f * looks.FaceWidth * along, -0.93f + 0.22f * along * along, 0.24f, 0.20f)), curl % 2 == 0 ? looks.Hair : light);
        }

        static Vector2 Mirror(Vector2 point) => point with { X = -point.X };
    }

    private Vector2[] OfHair((double X, double Y)[] points) => Array.ConvertAll(points, point => At(point.X * looks.FaceWidth, point.Y));
}
