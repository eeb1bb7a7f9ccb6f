namespace Affect.Tests.Features;

/// <summary>
/// Frames of ten samples; state k is the frames plus k. A hair of the batch's composition leaks into every state, as rounding does in a real network,
/// so that a test sees when a clip was encoded with other neighbours.
/// </summary>
internal sealed class ToyEncoder : IEncoder
{
    public const int FrameSamples = 10;

    public string Name { get; init; } = "toy";

    public int Layers => 2;

    public int HiddenSize => FrameSamples;

    public int SampleRate => 16000;

    public string Fingerprint { get; init; } = "toy-1";

    public bool NeedsEqualLengths { get; init; }

    public int MinimumSamples { get; init; } = 400;

    /// <summary>Added to every state: NaN stands for numbers that have overflowed.</summary>
    public float Offset { get; init; }

    public Action<int>? BeforeBatch { get; init; }

    public int Batches { get; private set; }

    public int Clips { get; private set; }

    public int LargestLayer { get; private set; }

    public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null)
    {
        var number = Batches++;
        BeforeBatch?.Invoke(number);
        var (batch, samples) = (waveform.shape[0], waveform.shape[1]);
        Clips += (int)batch;
        var count = lengths.data<long>().ToArray();
        if (NeedsEqualLengths) Assert.All(count, length => Assert.Equal(samples, length));
        var frames = samples / FrameSamples;
        using var scope = NewDisposeScope();
        var leak = waveform.mean().item<float>() * 1e-3f;
        var framed = waveform.slice(1, 0, frames * FrameSamples, 1).reshape(batch, frames, FrameSamples);
        var last = lastLayer ?? Layers;
        LargestLayer = Math.Max(LargestLayer, last);
        var states = Enumerable.Range(0, last + 1).Select(layer => (framed + (layer + leak + Offset)).MoveToOuterDisposeScope()).ToList();
        var frameLengths = tensor(Array.ConvertAll(count, length => length / FrameSamples), new long[] { batch });
        return new HiddenStates(states, frameLengths.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
    }
}
