namespace Affect.Tests.Adapters.Adaptation;

/// <summary>Short tones of a few speakers, whose pitch tells the emotion; read from memory.</summary>
internal sealed class ToyVoices : IMediaReader
{
    public static string[] Emotions { get; } = ["happy", "neutral", "sad"];

    /// <summary>Clips of six speakers: labelled ones to learn from, unlabelled ones, and two speakers for the test part.</summary>
    public static Corpus Corpus(int clips = 48) => new("toy voices", ".", new EmotionSet(Emotions), [.. Enumerable.Range(0, clips).Select(Clip)], isSynthetic: true);

    public static ClipSounds Sounds(IEncoder encoder, int clips) => ClipSounds.Open([.. Enumerable.Range(0, clips).Select(Clip)], new ToyVoices(), encoder);

    public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
    {
        var clip = int.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture);
        if (clip == 999) throw new MediaException(path, "it is damaged");
        var random = new SeededRandom(clip, "toy voice");
        var (pitch, samples) = (300 * Math.Pow(2, clip % 3) + 10 * (clip % 6), 2400 + 320 * (clip % 5));
        return [.. Enumerable.Range(0, samples).Select(sample => (float)(0.3 * Math.Sin(2 * Math.PI * pitch * sample / 16000) + 0.02 * random.Normal()))];
    }

    public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();

    private static Clip Clip(int clip) => new()
    {
        Id = $"clip-{clip:00}",
        AudioPath = $"/{clip}.wav",
        Speaker = $"speaker {clip / 3 % 6}",
        Emotion = clip % 12 == 11 ? null : Emotions[clip % 3],
        Split = clip % 12 == 11 ? SplitNames.Unlabelled : clip / 3 % 6 >= 4 ? SplitNames.Test : SplitNames.Train,
    };
}
