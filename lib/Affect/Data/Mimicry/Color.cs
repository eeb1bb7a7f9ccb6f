namespace Affect.Data.Mimicry;

/// <summary>Red, green and blue, 0…1 each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Color(float R, float G, float B)
{
    internal static Color White => new(1, 1, 1);

    /// <summary>A colour as on the web: <c>0xRRGGBB</c>.</summary>
    internal static Color Hex(int rgb) => new((rgb >> 16) / 255f, (rgb >> 8 & 255) / 255f, (rgb & 255) / 255f);

    /// <summary>A mixture: 0 is this colour, 1 the other.</summary>
    internal Color Mix(Color other, double share)
    {
        var part = (float)share;
        return new Color(R + (other.R - R) * part, G + (other.G - G) * part, B + (other.B - B) * part);
    }

    internal Color Darker(double share) => Mix(new(0, 0, 0), share);

    internal Color Lighter(double share) => Mix(White, share);
}
