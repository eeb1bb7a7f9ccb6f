namespace Affect.Tests.Media;

public sealed class PngFileTests
{
    [Fact]
    public void A_picture_is_written_row_by_row_and_can_be_read_again()
    {
        var rgb = Enumerable.Range(0, 5 * 3 * 3).Select(value => (byte)(value * 37)).ToArray();
        var png = PngFile.Encode(rgb, width: 5, height: 3);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal(5, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82], png[^12..]);    // the checksum that every png ends with
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress)) zlib.CopyTo(rows);
        Assert.Equal(rgb, Unfilter(rows.ToArray(), stride: 15));
    }

    [Fact]
    public void A_picture_of_few_colours_takes_half_a_byte_a_pixel()
    {
        byte[] indices = [0, 1, 2, 2, 1, 0];
        var png = PngFile.EncodeIndexed(indices, width: 3, height: 2, [(255, 0, 0), (0, 255, 0), (0, 0, 255)]);
        Assert.Equal([4, 3], png[24..26]);                                      // bits a pixel, with a palette
        Assert.Equal([0, 0, 0, 9, (byte)'P', (byte)'L', (byte)'T', (byte)'E', 255, 0, 0, 0, 255, 0, 0, 0, 255], png[33..50]);
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(png, 62, png.Length - 62 - 16), CompressionMode.Decompress)) zlib.CopyTo(rows);
        Assert.Equal([0, 0x01, 0x20, 0, 0x21, 0x00], rows.ToArray());
    }

    [Fact]
    public void A_colour_that_is_not_in_the_palette_is_refused() => Assert.Contains(
        "indices must lie between 0 and 1, but one is 2.",
        Assert.Throws<ArgumentException>(() => PngFile.EncodeIndexed([0, 2], 2, 1, [(0, 0, 0), (1, 1, 1)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_do_not_fit_the_sizes_are_refused() =>
        Assert.Contains("must hold 5 x 3 x 3 = 45 bytes, but holds 44", Assert.Throws<ArgumentException>(() => PngFile.Encode(new byte[44], 5, 3)).Message, StringComparison.Ordinal);

    private static byte[] Unfilter(byte[] rows, int stride)
    {
        var pixels = new List<byte>();
        for (var at = 0; at < rows.Length; at += stride + 1)
        {
            Assert.Equal(2, rows[at]);                                          // each row as its difference from the one above
            for (var column = 0; column < stride; column++)
                pixels.Add(unchecked((byte)(rows[at + 1 + column] + (at > 0 ? pixels[pixels.Count - stride] : 0))));
        }
        return [.. pixels];
    }
}
