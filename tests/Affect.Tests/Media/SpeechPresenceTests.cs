namespace Affect.Tests.Media;

public sealed class SpeechPresenceTests
{
    private const int Rate = 16_000;

    [Fact]
    public void Silence_noise_and_hum_are_no_speech()
    {
        var random = new SeededRandom(1);
        Assert.False(SpeechPresence.Of(new float[2 * Rate]).IsSpeech);
        Assert.False(SpeechPresence.Of([]).IsSpeech);
        Assert.False(SpeechPresence.Of(new float[100]).IsSpeech);
        Assert.False(SpeechPresence.Of(Wave(_ => 0.3 * random.Normal() / 3)).IsSpeech);
        Assert.False(SpeechPresence.Of(Wave(t => 0.3 * Math.Sin(2 * Math.PI * 100 * t))).IsSpeech);
        Assert.False(SpeechPresence.Of(Wave(t => 1e-4 * Vowel(t))).IsSpeech);
    }

    [Fact]
    public void A_voice_that_moves_is_speech() => Assert.True(SpeechPresence.Of(Wave(Vowel)).IsSpeech);

    [SharedFact("real")]
    public void Real_voices_are_speech_and_real_noise_is_not()
    {
        var media = new Ffmpeg();
        foreach (var file in Directory.GetFiles(Repository.Shared("real", "noise")!))
        {
            var presence = SpeechPresence.Of(media.DecodeAudio(file));
            Assert.True(presence.IsSpeech == Path.GetFileName(file).StartsWith("speech", StringComparison.Ordinal), $"{Path.GetFileName(file)}: {presence}");
        }
        foreach (var file in Directory.EnumerateFiles(Repository.Shared("real", "nemo", "audio")!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, index) => index % 20 == 0))
        {
            var presence = SpeechPresence.Of(media.DecodeAudio(file));
            Assert.True(presence.IsSpeech, $"{Path.GetFileName(file)}: {presence}");
        }
    }

    // A buzz with a falling pitch, in syllables.
    private static double Vowel(double t) => (t % 0.3 < 0.2 ? 0.2 : 0) * Enumerable.Range(1, 12).Sum(n => Math.Sin(2 * Math.PI * n * (180 * t - 15 * t * t)) / n);

    private static float[] Wave(Func<double, double> at) => [.. Enumerable.Range(0, 2 * Rate).Select(sample => (float)at((double)sample / Rate))];
}
