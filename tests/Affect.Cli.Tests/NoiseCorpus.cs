namespace Affect.Cli.Tests;

/// <summary>A small corpus of loud and quiet noise: four clips a speaker, the last quarter the test part.</summary>
internal static class NoiseCorpus
{
    /// <summary>Writes sounds and <c>manifest.csv</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="change">Makes of each clip what the test is about.</param>
    /// <param name="count">How many clips.</param>
    internal static void Write(string folder, Func<Clip, Clip>? change = null, int count = 32)
    {
        var random = new SeededRandom(1);
        var clips = new List<Clip>();
        for (var i = 0; i < count; i++)
        {
            var isLoud = i % 2 == 0;
            var path = Path.Combine(folder, "sound", $"{i}.wav");
            WaveFile.Write(path, [.. Enumerable.Range(0, 3000 + 300 * (i % 3)).Select(_ => (float)((isLoud ? 0.3 : 0.02) * random.Between(-1, 1)))]);
            var clip = new Clip { Id = $"clip {i}", AudioPath = path, Speaker = $"speaker {i / 4}", Emotion = isLoud ? "angry" : "sad", Split = i >= count * 3 / 4 ? SplitNames.Test : SplitNames.Train };
            clips.Add(change?.Invoke(clip) ?? clip);
        }
        Manifest.Write(Path.Combine(folder, "manifest.csv"), clips);
    }
}
