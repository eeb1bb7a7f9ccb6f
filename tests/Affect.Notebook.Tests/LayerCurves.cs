namespace Affect.Notebook.Tests;

/// <summary>Layer curves of planted features, measured by the real probe.</summary>
internal static class LayerCurves
{
    /// <summary>Three layers, 60 clips of six speakers, two emotions; the signal grows with the layer.</summary>
    internal static LayerCurve Small(string encoder = "toy encoder", double strength = 1)
    {
        const int layers = 3, dims = 4, count = 60;
        var random = new Random(7);
        var values = new float[count * layers * dims];
        for (var n = 0; n < values.Length; n++)
        {
            var (clip, layer) = (n / (layers * dims), n / dims % layers);
            values[n] = (float)(random.NextDouble() - 0.5 + (n % dims == clip % 2 ? strength * 0.3 * layer : 0));
        }
        var speakers = Enumerable.Range(0, count).Select(clip => $"speaker {clip / 10}").ToArray();
        var folds = Enumerable.Range(0, 3).Select(fold => new Fold
        {
            Index = fold,
            Held = [.. Enumerable.Range(0, count).Where(clip => clip / 10 % 3 == fold)],
            Train = [.. Enumerable.Range(0, count).Where(clip => clip / 10 % 3 != fold)],
        }).ToArray();
        var task = new ProbeTask(
            new FeatureTable([.. Enumerable.Range(0, count).Select(clip => $"clip {clip}")], values, layers, dims),
            [.. Enumerable.Range(0, count).Select(clip => clip % 2)], speakers, folds, ["neutral", "angry"])
        { Corpus = "toys", IsSynthetic = true };
        return LayerProbe.Run(task, new ProbeConfig { Penalties = [0.1, 1] }) with { Encoder = encoder };
    }
}
