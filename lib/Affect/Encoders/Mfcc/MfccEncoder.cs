namespace Affect.Encoders.Mfcc;

/// <summary>
/// The baseline without a network: Kaldi-style cepstral coefficients and their deltas as the one state of an encoder without blocks. Pooled by mean
/// and deviation they are the "MFCC statistics" of a clip: 60 numbers with the default 15 coefficients.
/// </summary>
/// <remarks>
/// <see cref="KaldiFeatures"/> with Kaldi's settings (23 filters, 25 ms frames every 10 ms) but 15 coefficients. A clip's frames are the same alone
/// and in any batch: the deltas of its last frames do not look into the padding.
/// </remarks>
public sealed class MfccEncoder : IEncoder
{
    private readonly MfccConfig config;

    /// <summary>Fifteen coefficients unless told otherwise.</summary>
    /// <param name="config">How the coefficients are computed.</param>
    public MfccEncoder(MfccConfig? config = null) => this.config = config ?? new MfccConfig { Coefficients = 15 };

    /// <inheritdoc/>
    public string Name => "mfcc";

    /// <summary>0: there are no blocks, only state 0.</summary>
    public int Layers => 0;

    /// <summary>The coefficients, then their deltas.</summary>
    public int HiddenSize => 2 * config.Coefficients;

    /// <inheritdoc/>
    public int SampleRate => config.Filterbank.SampleRate;

    /// <inheritdoc/>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"Kaldi MFCC and deltas over 2 frames, 1: {config}")));

    /// <inheritdoc/>
    public bool NeedsEqualLengths => false;

    /// <inheritdoc/>
    public int MinimumSamples => config.Filterbank.FrameSamples;

    /// <inheritdoc/>
    public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null)
    {
        waveform.Shape([-1, -1], "[batch, samples]");
        lengths.Shape([waveform.shape[0]], "[batch]");
        Require.Between(0, 0, lastLayer ?? 0, nameof(lastLayer));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var samples = lengths.to(ScalarType.Int64).cpu().data<long>().ToArray();
        foreach (var length in samples) Require.Between(MinimumSamples, waveform.shape[1], length, nameof(lengths));
        var clips = samples.Select((length, i) => Frames(waveform.select(0, i).narrow(0, 0, length))).ToArray();
        var frames = Array.ConvertAll(clips, clip => clip.shape[0]);
        var state = zeros(new long[] { clips.Length, frames.Max(), HiddenSize }, ScalarType.Float32, waveform.device);
        for (var i = 0; i < clips.Length; i++) state.select(0, i).narrow(0, 0, frames[i]).copy_(clips[i]);
        var frameLengths = tensor(frames, new long[] { clips.Length }, ScalarType.Int64);
        return new HiddenStates([state.MoveToOuterDisposeScope()], frameLengths.MoveToOuterDisposeScope());
    }

    /// <summary>Does nothing: there are no weights.</summary>
    public void Dispose()
    {
    }

    // [samples] -> [frames, hidden]
    private Tensor Frames(Tensor waveform)
    {
        using var scope = NewDisposeScope();
        var coefficients = KaldiFeatures.Mfcc(waveform, config);
        return Guarded.Join([coefficients, KaldiFeatures.Deltas(coefficients, reach: 2)], 1).MoveToOuterDisposeScope();
    }
}
