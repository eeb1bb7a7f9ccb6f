namespace Affect.Tests.Features;

/// <summary>An encoder whose numbers have overflowed.</summary>
internal sealed class NotANumberEncoder : IEncoder
{
    public string Name => "broken";

    public int Layers => 0;

    public int HiddenSize => 2;

    public int SampleRate => 16000;

    public string Fingerprint => "broken";

    public bool NeedsEqualLengths => false;

    public int MinimumSamples => 1;

    public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null) =>
        new([full(new long[] { waveform.shape[0], 3, 2 }, float.NaN, ScalarType.Float32)], full(new long[] { waveform.shape[0] }, 3, ScalarType.Int64));

    public void Dispose()
    {
    }
}
