namespace Affect.Tests.Probing;

/// <summary>Features in which the emotion was planted at known layers.</summary>
internal static class Planted
{
    internal static readonly string[] Emotions = ["neutral", "angry", "happy"];

    /// <param name="strength">How far the classes lie apart at a layer, in deviations of the noise.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="speakers">How many speakers; 5 folds of as many speakers as fit.</param>
    /// <param name="each">Clips per speaker.</param>
    /// <param name="dims">Numbers per layer.</param>
    /// <param name="seed">Of the noise.</param>
    internal static ProbeTask Task(
        Func<int, double> strength, int layers = 6, int speakers = 10, int each = 12, int dims = 16, int seed = 1, int folds = 5, string[]? emotions = null)
    {
        emotions ??= Emotions;
        var count = speakers * each;
        var random = new SeededRandom(seed);
        var labels = new int[count];
        var names = new string[count];
        var values = new float[count * layers * dims];
        for (var clip = 0; clip < count; clip++)
        {
            (labels[clip], names[clip]) = (clip % emotions.Length, $"speaker {clip / each}");
            for (var layer = 0; layer < layers; layer++)
                for (var dim = 0; dim < dims; dim++)
                {
                    var signal = dim % emotions.Length == labels[clip] ? strength(layer) / Math.Sqrt(dims) : 0;
                    values[(clip * layers + layer) * dims + dim] = (float)(random.Normal() + signal);
                }
        }
        return Of(values, layers, dims, labels, names, folds, emotions);
    }

    internal static ProbeTask Of(float[] values, int layers, int dims, int[] labels, string[] speakers, int folds = 5, string[]? emotions = null)
    {
        var ids = Enumerable.Range(0, labels.Length).Select(clip => $"clip {clip}").ToArray();
        return new ProbeTask(new FeatureTable(ids, values, layers, dims), labels, speakers, Folds(speakers, folds), emotions ?? Emotions);
    }

    /// <summary>Speakers dealt out to folds in turn.</summary>
    internal static Fold[] Folds(string[] speakers, int count)
    {
        var turn = speakers.Distinct().Select((speaker, number) => (speaker, number)).ToDictionary(pair => pair.speaker, pair => pair.number % count);
        return [.. Enumerable.Range(0, count).Select(fold => new Fold
        {
            Index = fold,
            Train = [.. Enumerable.Range(0, speakers.Length).Where(clip => turn[speakers[clip]] != fold)],
            Held = [.. Enumerable.Range(0, speakers.Length).Where(clip => turn[speakers[clip]] == fold)],
        })];
    }
}
