namespace Affect.Data.Mimicry;

/// <summary>A small picture that outlines are filled into, with exact coverage of every pixel at the edges.</summary>
/// <remarks>The coverage accumulation is that of font-rs (Levien, 2016): each edge adds its signed area to the cells that it crosses; a running sum over a row is the coverage.</remarks>
internal sealed class Canvas(int width, int height)
{
    private readonly Color[] pixels = new Color[width * height];
    private readonly float[] cells = new float[(width + 2) * height];

    internal int Width => width;

    internal int Height => height;

    /// <summary>Paints everything with a vertical gradient.</summary>
    internal void Clear(Color top, Color bottom)
    {
        for (var y = 0; y < height; y++) pixels.AsSpan(y * width, width).Fill(top.Mix(bottom, (double)y / height));
    }

    /// <summary>Fills a closed outline, given by its corners in pixels, only where <paramref name="within"/> (as by <see cref="Cover"/>) allows it.</summary>
    internal void Fill(ReadOnlySpan<Vector2> outline, Color color, double alpha = 1, float[]? within = null)
    {
        var box = Accumulate(outline);
        for (var y = box.Top; y < box.Bottom; y++)
        {
            var row = Coverage(y, box);
            var start = y * width + box.Left;
            for (var x = 0; x < box.Right - box.Left; x++)
            {
                var coverage = within is null ? row[x] : row[x] * within[start + x];
                if (coverage > 0.002f) pixels[start + x] = pixels[start + x].Mix(color, coverage * (float)alpha);
            }
            row.Clear();
        }
    }

    /// <summary>How much of each pixel lies in an outline, 0…1, row by row.</summary>
    internal float[] Cover(ReadOnlySpan<Vector2> outline)
    {
        var cover = new float[width * height];
        var box = Accumulate(outline);
        for (var y = box.Top; y < box.Bottom; y++)
        {
            var row = Coverage(y, box);
            row[..(box.Right - box.Left)].CopyTo(cover.AsSpan(y * width + box.Left));
            row.Clear();
        }
        return cover;
    }

    /// <summary>Paints a spot that fades out towards its rim, as light or blush does.</summary>
    internal void Glow(Vector2 centre, float radiusX, float radiusY, Color color, double alpha, float[]? within = null)
    {
        for (var y = Math.Max(0, (int)(centre.Y - radiusY)); y < Math.Min(height, centre.Y + radiusY); y++)
        {
            var dy = (y + 0.5f - centre.Y) / radiusY;
            var high = dy * dy;
            for (var x = Math.Max(0, (int)(centre.X - radiusX)); x < Math.Min(width, centre.X + radiusX); x++)
            {
                var dx = (x + 0.5f - centre.X) / radiusX;
                var left = 1 - dx * dx - high;
                var pixel = y * width + x;
                if (left > 0) pixels[pixel] = pixels[pixel].Mix(color, left * left * (float)alpha * (within is null ? 1 : within[pixel]));
            }
        }
    }

    /// <summary>The picture as bytes <c>[height, width, 3]</c>, every value multiplied by the light.</summary>
    internal byte[] ToRgb(double light = 1)
    {
        var values = MemoryMarshal.Cast<Color, float>(pixels.AsSpan());
        var bytes = new byte[values.Length];
        var gain = 255 * (float)light;
        for (var at = 0; at < bytes.Length; at++)
        {
            var value = values[at] * gain + 0.5f;
            bytes[at] = value < 255 ? (byte)float.ConvertToIntegerNative<int>(value) : byte.MaxValue;
        }
        return bytes;
    }

    // Turns a row's signed areas into coverage, 0…1, from the box's left edge on. Whoever has read it clears the row, one beyond the last pixel too: an edge reaches so far.
    private Span<float> Coverage(int y, Box box)
    {
        var row = cells.AsSpan(y * (width + 2) + box.Left, Math.Min(width + 2 - box.Left, box.Right + 2 - box.Left));
        var sum = 0f;
        foreach (ref var cell in row[..(box.Right - box.Left)])
        {
            sum += cell;
            cell = Math.Min(Math.Abs(sum), 1);
        }
        return row;
    }

    private Box Accumulate(ReadOnlySpan<Vector2> outline)
    {
        if (outline.Length < 3) return default;
        float top = height, bottom = 0, left = width, right = 0;
        var last = Clamp(outline[^1]);
        foreach (var corner in outline)
        {
            var next = Clamp(corner);
            AddEdge(last, next);
            (top, bottom) = (Math.Min(top, next.Y), Math.Max(bottom, next.Y));
            (left, right) = (Math.Min(left, next.X), Math.Max(right, next.X));
            last = next;
        }
        return new Box(Math.Max(0, (int)top), Math.Min(height, (int)MathF.Ceiling(bottom)), (int)left, Math.Min(width, (int)MathF.Ceiling(right)));
    }

    private Vector2 Clamp(Vector2 point) => new(Math.Clamp(point.X, 0, width), point.Y);

    private void AddEdge(Vector2 from, Vector2 to)
    {
        if (from.Y == to.Y) return;
        var sign = 1f;
        if (from.Y > to.Y) (from, to, sign) = (to, from, -1);
        var slope = (to.X - from.X) / (to.Y - from.Y);
        var x = from.Y < 0 ? from.X - from.Y * slope : from.X;
        for (var y = Math.Max(0, (int)from.Y); y < Math.Min(height, (int)MathF.Ceiling(to.Y)); y++)
        {
            var rise = Math.Min(y + 1, to.Y) - Math.Max(y, from.Y);
            var next = x + slope * rise;
            AddCells(cells.AsSpan(y * (width + 2), width + 2), sign * rise, Math.Min(x, next), Math.Max(x, next));
            x = next;
        }
    }

    // Spreads one row's share of an edge over the cells from left to right in proportion to the area to the edge's right.
    private static void AddCells(Span<float> row, float share, float left, float right)
    {
        left = Math.Clamp(left, 0, row.Length - 2);
        right = Math.Clamp(right, left, row.Length - 2);
        var (first, end) = ((int)left, (int)MathF.Ceiling(right));
        if (end <= first + 1)
        {
            var middle = 0.5f * (left + right) - first;
            row[first] += share - share * middle;
            row[first + 1] += share * middle;
            return;
        }
        var inverse = 1 / (right - left);
        float leftPart = left - first, rightPart = right - end + 1;
        float head = 0.5f * inverse * (1 - leftPart) * (1 - leftPart), tail = 0.5f * inverse * rightPart * rightPart;
        row[first] += share * head;
        if (end == first + 2)
        {
            row[first + 1] += share * (1 - head - tail);
        }
        else
        {
            var second = inverse * (1.5f - leftPart);
            row[first + 1] += share * (second - head);
            for (var cell = first + 2; cell < end - 1; cell++) row[cell] += share * inverse;
            row[end - 1] += share * (1 - (second + (end - first - 3) * inverse) - tail);
        }
        row[end] += share * tail;
    }

    // In pixels; bottom and right are the first ones outside.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Box(int Top, int Bottom, int Left, int Right);
}
