namespace Affect.Tests.Media;

public sealed class RememberingReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CountingReader inner = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_recording_is_decoded_once_for_each_rate_and_anew_where_it_has_changed()
    {
        var path = folder.File("a.wav", "sound");
        var reader = new RememberingReader(inner);
        Assert.Same(reader.DecodeAudio(path), reader.DecodeAudio(path));
        Assert.Equal(1, inner.Decoded);
        reader.DecodeAudio(path, 8000);
        Assert.Equal(2, inner.Decoded);
        folder.File("a.wav", "another sound");
        reader.DecodeAudio(path);
        Assert.Equal(3, inner.Decoded);
    }

    [Fact]
    public void No_more_is_kept_than_was_allowed()
    {
        var (first, second) = (folder.File("a.wav", "one"), folder.File("b.wav", "two"));
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
