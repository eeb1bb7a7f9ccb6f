namespace Affect.Tests.Media;

public sealed class RememberingReaderTests
{
    [Fact]
    public void A_recording_is_decoded_once_for_each_rate()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.wav", "sound");
        var inner = new CountingReader();
        var reader = new RememberingReader(inner);
        Assert.Same(reader.DecodeAudio(path), reader.DecodeAudio(path));
        Assert.Equal(1, inner.Decoded);
        reader.DecodeAudio(path, 8000);
        Assert.Equal(2, inner.Decoded);
    }

    [Fact]
    public void A_recording_that_has_changed_is_decoded_anew()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.wav", "sound");
        var inner = new CountingReader();
        var reader = new RememberingReader(inner);
        reader.DecodeAudio(path);
        folder.File("a.wav", "another sound");
        reader.DecodeAudio(path);
        Assert.Equal(2, inner.Decoded);
    }

    [Fact]
    public void No_more_is_kept_than_was_allowed()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.File("a.wav", "one"), folder.File("b.wav", "two"));
        var inner = new CountingReader();
        var reader = new RememberingReader(inner, mostBytes: 6 * sizeof(float));
        reader.DecodeAudio(first);  // 4 samples: kept
        reader.DecodeAudio(second); // 4 more: too many
        reader.DecodeAudio(first);
        reader.DecodeAudio(second);
        Assert.Equal(3, inner.Decoded);
    }

    private sealed class CountingReader : IMediaReader
    {
        public int Decoded { get; private set; }

        public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

        public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
        {
            Decoded++;
            return [1, 2, 3, 4];
        }

        public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
