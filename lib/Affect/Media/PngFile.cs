namespace Affect.Media;

/// <summary>Writes pictures as png: 8-bit red-green-blue, or four bits a pixel with a palette.</summary>
/// <remarks>W3C, <em>Portable Network Graphics (PNG) Specification</em>, third edition.</remarks>
public static class PngFile
{
    private const uint CrcPolynomial = 0xEDB88320;
    private const byte UpFilter = 2;

    /// <summary>Writes a picture, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rgb"><c>[height, width, 3]</c> bytes.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <exception cref="ArgumentException">The bytes are not as many as the sizes say.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, byte[] rgb, int width, int height)
    {
        var png = Encode(rgb, width, height);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>The bytes of a png file.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] Encode(byte[] rgb, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        Require.Between(1, 1 << 16, width, nameof(width));
        Require.Between(1, 1 << 16, height, nameof(height));
        if (rgb.Length != 3L * width * height)
            throw new ArgumentException($"rgb must hold {width} x {height} x 3 = {3L * width * height} bytes, but holds {rgb.Length}.", nameof(rgb));

        // Each row as its difference from the one above, which pictures compress best as.
        return Assemble(width, height, bits: 8, palette: [], CompressionLevel.Optimal, rowBytes: 3 * width, (y, row) =>
        {
            row[0] = UpFilter;
            for (var (at, i) = (y * 3 * width, 1); i < row.Length; at++, i++) row[i] = unchecked((byte)(rgb[at] - (y > 0 ? rgb[at - 3 * width] : 0)));
        });
    }

    /// <summary>The bytes of a png file of at most 16 colours.</summary>
    /// <param name="indices"><c>[height, width]</c>, each the number of a colour.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="palette">The colours.</param>
    /// <exception cref="ArgumentException">The bytes are not as many as the sizes say, or name a colour that is not there.</exception>
    public static byte[] EncodeIndexed(byte[] indices, int width, int height, IReadOnlyList<(byte R, byte G, byte B)> palette)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(palette);
        Require.Between(1, 1 << 16, width, nameof(width));
        Require.Between(1, 1 << 16, height, nameof(height));
        Require.Between(1, 16, palette.Count, nameof(palette));
        if (indices.Length != (long)width * height)
            throw new ArgumentException(
                $"indices must hold {width} x {height} = {(long)width * height} bytes, but holds {indices.Length}.", nameof(indices));
        if (indices.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(palette.Count - 1)))
            throw new ArgumentException($"indices must lie between 0 and {palette.Count - 1}, but one is {indices.Max()}.", nameof(indices));
        byte[] colours = [.. palette.SelectMany(colour => (byte[])[colour.R, colour.G, colour.B])];
        // Two pixels a byte, unfiltered: the specification advises so for palettes.
        return Assemble(width, height, bits: 4, colours, CompressionLevel.SmallestSize, rowBytes: (width + 1) / 2, (y, row) =>
        {
            for (var x = 0; x < width; x++) row[1 + x / 2] |= (byte)(indices[y * width + x] << (x % 2 == 0 ? 4 : 0));
        });
    }

    private static byte[] Assemble(
        int width, int height, byte bits, byte[] palette, CompressionLevel level, int rowBytes, Action<int, byte[]> fill)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, level, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                var row = new byte[1 + rowBytes]; // the filter first
                fill(y, row);
                zlib.Write(row);
            }
        }
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bits;                                                       // bits a value
        header[9] = (byte)(palette.Length > 0 ? 3 : 2);                         // 2: red, green, blue; 3: a palette
        WriteChunk(png, "IHDR"u8, header);
        if (palette.Length > 0) WriteChunk(png, "PLTE"u8, palette);
        WriteChunk(png, "IDAT"u8, data.ToArray());
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(name);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ CrcPolynomial : crc >> 1;
        }
        return crc;
    }
}
