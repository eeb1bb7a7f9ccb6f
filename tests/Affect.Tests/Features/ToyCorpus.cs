namespace Affect.Tests.Features;

/// <summary>A corpus of wave files full of noise, each of its own length.</summary>
internal sealed class ToyCorpus : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ToyCorpus(int clips, int seed = 1, Func<int, int>? samplesOf = null, Func<int, string>? idOf = null)
    {
        var random = new Random(seed);
        var list = new List<Clip>();
        for (var i = 0; i < clips; i++)
        {
            var waveform = new float[samplesOf?.Invoke(i) ?? random.Next(600, 3000)];
            for (var j = 0; j < waveform.Length; j++) waveform[j] = random.NextSingle() - 0.5f;
            var path = System.IO.Path.Combine(folder.Path, "sound", FormattableString.Invariant($"{i}.wav"));
            WaveFile.Write(path, waveform);
            list.Add(new Clip { Id = idOf?.Invoke(i) ?? FormattableString.Invariant($"clip {i}"), AudioPath = path, Speaker = i % 2 == 0 ? "anna" : "ben", Emotion = i % 3 == 0 ? "sad" : "happy" });
        }
        Clips = list;
    }

    public List<Clip> Clips { get; }

    public Corpus Corpus => new("toys", folder.Path, new EmotionSet(["happy", "sad"]), Clips);

    /// <summary>A folder for stores, one per name.</summary>
    public string Store(string name = "features") => System.IO.Path.Combine(folder.Path, name);

    public void Dispose() => folder.Dispose();
}
