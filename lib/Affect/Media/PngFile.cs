using System.Buffers.Binary;
using System.IO.Compression;

namespace Affect.Media;

/// <summary>Writes pictures as png: 8-bit red-green-blue, without a palette.</summary>
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

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;                                                          // bits a value
        header[9] = 2;                                                          // red, green, blue
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(rgb, width, height));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    // Each row as its difference from the one above, which pictures compress best as.
    private static byte[] Compress(byte[] rgb, int width, int height)
    {
        var stride = 3 * width;
        var row = new byte[stride + 1];
        row[0] = UpFilter;
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                for (var at = 0; at < stride; at++)
                    row[at + 1] = unchecked((byte)(rgb[y * stride + at] - (y > 0 ? rgb[(y - 1) * stride + at] : 0)));
                zlib.Write(row);
            }
        }
        return compressed.ToArray();
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
