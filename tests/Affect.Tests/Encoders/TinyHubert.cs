namespace Affect.Tests.Encoders;

/// <summary>HuBERT models small enough for tests, and waveforms for them.</summary>
internal static class TinyHubert
{
    public static HubertConfig Base { get; } = new()
    {
        HiddenSize = 12,
        Layers = 3,
        Heads = 3,
        FeedForwardSize = 24,
        ConvChannels = [8, 8, 8, 8, 8, 8, 8],
        PositionKernel = 8,
        PositionGroups = 2,
        InitializerRange = 0.3,
    };

    public static HubertConfig Large { get; } = Base with { FeatureNorm = FeatureNorm.Layer, IsPreNorm = true, ConvBias = true };

    /// <summary>Something like speech: a few tones that swell and fade, the same for the same seed; <c>[batch, samples]</c>.</summary>
    public static Tensor Waveform(int batch, int samples, int seed = 1)
    {
        var values = new float[batch * samples];
        for (var i = 0; i < values.Length; i++)
        {
            var (clip, time) = (i / samples, i % samples / 16_000.0);
            var tone = Math.Sin(2 * Math.PI * (180 + (40 * clip) + seed) * time) + (0.5 * Math.Sin(2 * Math.PI * (2100 + (300 * clip)) * time));
            values[i] = (float)(0.2 * tone * (0.6 + (0.4 * Math.Sin(2 * Math.PI * 3 * time))));
        }
        return tensor(values, [batch, samples], dtype: ScalarType.Float32);
    }

    public static Tensor Lengths(params long[] lengths) => tensor(lengths, dtype: ScalarType.Int64);

    public static double LargestDifference(Tensor a, Tensor b) => (a - b).abs().max().ToDouble();
}
