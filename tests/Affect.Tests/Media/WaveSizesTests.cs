namespace Affect.Tests.Media;

/// <summary>What a wave file's sizes claim, and what it holds: we and ffmpeg take the same samples.</summary>
public sealed class WaveSizesTests : IDisposable
{
    private const int Count = 8000;
    private static readonly byte[] Sound = WaveBytes.Samples(Enumerable.Range(0, Count).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * 200 * i / 16000))));
    private readonly string folder = Directory.CreateTempSubdirectory("affect-sizes-").FullName;
    private readonly Ffmpeg reader = new();

    private string Path => System.IO.Path.Combine(folder, "a.wav");

    [Fact]
    public void A_recorder_that_was_killed_leaves_all_samples_there_are()
    {
        var path = Repository.Golden("media", "arecord-sigterm.wav");
        Assert.Equal(8000, WaveFile.Read(path).Waveform.Length);
        Assert.Equal(8000, reader.DecodeAudio(path).Length);
        Assert.InRange(reader.DecodeAudio(path, sampleRate: 8000).Length, 3990, 4010);
    }

    [Theory]
    [InlineData(0x80000024u, 0x80000000u)]      // arecord
    [InlineData(0x7FFFFF24u, 0x7FFFFF00u)]      // older ones
    [InlineData(0x7FFFF024u, 0x7FFFF000u)]      // sox, espeak-ng
    [InlineData(0x7FFFFFFFu, 0x7FFFFFFFu)]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFDBu)]      // less the header
    [InlineData(0x80000000u, 0x7FFFFFDCu)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]      // ffmpeg
    [InlineData(0xFFFFFFFFu, 0xFFFFFFDBu)]
    [InlineData(0xFFFFFFFEu, 0xFFFFFFFEu)]
    [InlineData(0u, 0u)]
    [InlineData(36u, 0u)]                       // Python's wave, killed
    [InlineData(0xFFFFFFFFu, 0u)]
    [InlineData(0u, 0xFFFFFFFFu)]
    [InlineData(0u, 16000u)]
    [InlineData(0xFFFFFFFFu, 16000u)]
    public void So_does_every_size_that_stands_for_unknown(uint riff, uint data)
    {
        AssertHolds(WaveBytes.File([WaveBytes.Format(), WaveBytes.Chunk("data", Sound, data)], riff));
        AssertHolds(WaveBytes.File([WaveBytes.Format(), WaveBytes.List, WaveBytes.Chunk("data", Sound, data)], riff));
    }

    [Theory]
    [InlineData(32000u)]
    [InlineData(24000u, 8000)]
    [InlineData(0x10000000u)]
    [InlineData(0x60000000u)]
    [InlineData(0x90000000u)]
    public void A_file_that_was_cut_is_still_refused(uint data, int rate = 16000)
    {
        Write(WaveBytes.File([WaveBytes.Format(rate: rate), WaveBytes.Chunk("data", Sound[..12000], data)], data + 36));
        AssertRefused("the file is truncated or damaged");
    }

    [Theory]
    [InlineData(8, 1)]    // 8 bits
    [InlineData(8, 6)]    // A-law
    [InlineData(64, 3)]   // doubles
    public void So_it_is_where_ffmpeg_reads_the_samples(int bits, int tag)
    {
        Write(WaveBytes.File([WaveBytes.Format(bits: bits, tag: tag), WaveBytes.Chunk("data", new byte[16000 * bits / 8], (uint)(32000 * bits / 8))]));
        Assert.Contains("it promises 2.00 s, but its audio ends after 1.00 s", Assert.Throws<MediaException>(() => reader.DecodeAudio(Path)).Message, StringComparison.Ordinal);
        Write(WaveBytes.File([WaveBytes.Format(bits: bits, tag: tag), WaveBytes.Chunk("data", new byte[16000 * bits / 8], 0x80000000u)], 0x80000024u));
        Assert.Equal(16000, reader.DecodeAudio(Path).Length);
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void Large_files_say_their_size_elsewhere(string kind)
    {
        byte[] Large(long data, byte[] samples, uint size = uint.MaxValue) =>
            WaveBytes.File([WaveBytes.Large(data + 72, data), WaveBytes.Format(), WaveBytes.Chunk("data", samples, size), WaveBytes.List], uint.MaxValue, kind);

        AssertHolds(Large(16000, Sound));
        AssertHolds(Large(16000, Sound, size: 16000));
        Write(Large(64000, Sound));
        AssertRefused("it promises 2.00 s");
        byte[] Killed(long data) => WaveBytes.File([WaveBytes.Large(data, data), WaveBytes.Format(), WaveBytes.Chunk("data", Sound, uint.MaxValue)], uint.MaxValue, kind);
        AssertHolds(Killed(0));
        AssertHolds(Killed(-1));
        AssertHolds(Killed(long.MaxValue));
        AssertHolds(WaveBytes.File([WaveBytes.Chunk("JUNK", new byte[28]), WaveBytes.Format(), WaveBytes.Chunk("data", Sound, uint.MaxValue)], uint.MaxValue, kind));
    }

    [Fact]
    public void An_empty_chunk_of_samples_is_empty_whatever_comes_behind_it()
    {
        var empty = WaveBytes.Chunk("data", []);
        byte[][] files =
        [
            WaveBytes.File([WaveBytes.Format(), empty]),
            WaveBytes.File([WaveBytes.Format(), empty, WaveBytes.List]),
            WaveBytes.File([WaveBytes.Format(), empty, WaveBytes.Chunk("id3 ", new byte[4000])]),
            WaveBytes.File([WaveBytes.Format(), empty, WaveBytes.Chunk("bext", new byte[601])]),
            WaveBytes.File([WaveBytes.Format(), empty, WaveBytes.Chunk("note", new byte[601], isPadded: false)]),
            WaveBytes.File([WaveBytes.Format(), empty, WaveBytes.List, WaveBytes.Chunk("JUNK", new byte[4000])]),
            // RIFF ends with the samples, and the chunk stands behind it.
            WaveBytes.File([WaveBytes.Format(), empty, WaveBytes.List], riffSize: 36),
            WaveBytes.File([WaveBytes.Format(bits: 8), empty, WaveBytes.List]),
            WaveBytes.File([WaveBytes.Format(bits: 64, tag: 3), empty, WaveBytes.List]),
            WaveBytes.File([WaveBytes.Format(channels: 12, rate: 44100), empty, WaveBytes.List]),
        ];
        foreach (var file in files)
        {
            Write(file);
            foreach (var rate in (int[])[16000, 8000])
                Assert.Contains("the file's audio is of zero length", Assert.Throws<MediaException>(() => reader.DecodeAudio(Path, rate)).Message, StringComparison.Ordinal);
            Assert.Contains("of zero length", Assert.Throws<MediaException>(() => MediaPreview.Of(Path)).Message, StringComparison.Ordinal);
        }
        Write(files[1]);
        Assert.Contains("of zero length", Assert.Throws<MediaException>(() => WaveFile.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_chunks_before_and_behind_the_samples_are_none()
    {
        AssertHolds(WaveBytes.File([WaveBytes.Format(), WaveBytes.List, WaveBytes.Chunk("data", Sound), WaveBytes.List]));
        AssertHolds(WaveBytes.File([WaveBytes.Format(), WaveBytes.Chunk("LIST", [1, 2, 3]), WaveBytes.Chunk("data", Sound)]));
        AssertHolds(WaveBytes.File([WaveBytes.Chunk("JUNK", new byte[28]), WaveBytes.Format(), WaveBytes.Chunk("fact", BitConverter.GetBytes(Count)), WaveBytes.Chunk("data", Sound)]));
        // A writer that forgot the padding.
        AssertHolds(WaveBytes.File([WaveBytes.Format(), WaveBytes.Chunk("LIST", [1, 2, 3], isPadded: false), WaveBytes.Chunk("data", Sound)]));
        // What stands behind the samples without a name is neither a chunk nor sound.
        AssertHolds([.. WaveBytes.File([WaveBytes.Format(), WaveBytes.Chunk("data", Sound)]), .. new byte[5000]]);
    }

    [Fact]
    public void Samples_of_an_odd_number_of_bytes_are_followed_by_a_pad()
    {
        byte[] odd = [0, 0, 0x40, 0, 0, 0xC0, 0, 0, 0x20];
        Write(WaveBytes.File([WaveBytes.Format(bits: 24), WaveBytes.Chunk("data", odd), WaveBytes.List]));
        Assert.Equal([0.5f, -0.5f, 0.25f], WaveFile.Read(Path).Waveform);
        Assert.Equal([0.5f, -0.5f, 0.25f], reader.DecodeAudio(Path));
    }

    [Theory]
    [InlineData(4000, 4000)]
    [InlineData(0, 8000)]
    [InlineData(7999, 1)]
    public void Samples_in_two_chunks_are_one_sound(int first, int second)
    {
        Assert.Equal(Count, first + second);
        AssertHolds(WaveBytes.File([WaveBytes.Format(), WaveBytes.Chunk("data", Sound[..(2 * first)]), WaveBytes.List, WaveBytes.Chunk("data", Sound[(2 * first)..])]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    // By our reader at the file's rate; by ffmpeg's resampling at another.
    private void AssertHolds(byte[] bytes)
    {
        Write(bytes);
        float[] expected = [.. Enumerable.Range(0, Count).Select(i => BitConverter.ToInt16(Sound, 2 * i) / 32768f)];
        Assert.Equal(expected, WaveFile.Read(Path).Waveform);
        Assert.Equal(expected, reader.DecodeAudio(Path));
        var slow = reader.DecodeAudio(Path, sampleRate: 8000);
        Assert.InRange(slow.Length, Count / 2 - 10, Count / 2 + 10);
        Assert.All(Enumerable.Range(100, Count / 2 - 200), i => Assert.Equal(expected[2 * i], slow[i], tolerance: 0.01f));
    }

    private void AssertRefused(string words)
    {
        foreach (var call in (Action[])[() => WaveFile.Read(Path), () => reader.DecodeAudio(Path), () => reader.DecodeAudio(Path, 22050)])
            Assert.Contains(words, Assert.Throws<MediaException>(call).Message, StringComparison.Ordinal);
    }
}
