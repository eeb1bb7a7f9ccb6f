namespace Affect.Tests.Media;

public sealed class RealMediaTests
{
    private readonly Ffmpeg reader = new();

    [SharedFact("real/nemo")]
    public void Real_clips_decode_to_as_much_speech_as_they_say()
    {
        foreach (var path in Directory.GetFiles(Repository.Shared("real", "nemo", "audio")!).Order(StringComparer.Ordinal).Take(4))
        {
            var info = reader.Probe(path);
            var waveform = reader.DecodeAudio(path);
            Assert.Equal("flac", info.Audio!.Codec);
            Assert.Equal(info.DurationSeconds!.Value * 16000, waveform.Length, tolerance: 1);
            Assert.InRange(waveform.Max(), 0.01f, 1f);
            Assert.InRange(waveform.Average(), -0.01f, 0.01f);
        }
    }

    [SharedFact("real/noise")]
    public void Real_noise_is_resampled_when_another_rate_is_asked_for()
    {
        var path = Directory.GetFiles(Repository.Shared("real", "noise")!, "noise*").Order(StringComparer.Ordinal).First();
        var info = reader.Probe(path);
        var waveform = reader.DecodeAudio(path, sampleRate: 8000);
        Assert.Equal(info.DurationSeconds!.Value * 8000, waveform.Length, tolerance: 8);
    }
}
