namespace Affect.Pretraining.Hubert;

/// <summary>What units are clusters of: a row of numbers for each of the encoder's frames (25 ms of sound every 20 ms).</summary>
internal static class FrameFeatures
{
    private const double QuietestDecibels = -90;
    private const int FrameSamples = 400;
    private const int HopSamples = 320;

    /// <summary>13 cepstral coefficients with their first and second differences.</summary>
    /// <remarks>Hsu et al., arXiv:2106.07447, section IV.A (39 dimensions); every second one of Kaldi's frames, which come every 10 ms.</remarks>
    /// <param name="waveform"><c>[samples]</c></param>
    /// <returns><c>[frames, 39]</c></returns>
    internal static Tensor Mfcc(Tensor waveform)
    {
        using var scope = NewDisposeScope();
        var coefficients = KaldiFeatures.Mfcc(waveform);
        var slopes = KaldiFeatures.Deltas(coefficients);
        var all = Guarded.Join([coefficients, slopes, KaldiFeatures.Deltas(slopes)], dim: 1);
        return all.slice(0, 0, all.shape[0], 2).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Log pitch less the clip's median in octaves (bridged where unvoiced), its difference, and loudness in decibels below full scale.</summary>
    /// <remarks>Ours.</remarks>
    /// <param name="waveform"><c>[samples]</c></param>
    /// <returns><c>[frames, 3]</c></returns>
    internal static Tensor Prosody(Tensor waveform)
    {
        using var scope = NewDisposeScope();
        var track = PitchTracker.Track(waveform);
        var median = track.MedianHertz;
        var octaves = track.Bridged().Select(octave => median > 0 ? (float)(octave - Math.Log2(median)) : 0f).ToArray();
        var pitch = tensor(octaves, dtype: ScalarType.Float32).unsqueeze(1);                               // [frames, 1]
        var power = waveform.unfold(0, FrameSamples, HopSamples).pow(2).mean(new long[] { 1 }, keepdim: true);
        var loudness = (power + 1e-12).log().mul_(10 / Math.Log(10)).clamp_min(QuietestDecibels);
        return Guarded.Join([pitch, KaldiFeatures.Deltas(pitch), loudness], dim: 1).MoveToOuterDisposeScope();
    }

    /// <summary>A layer's states.</summary>
    /// <param name="model">The model of the iteration before.</param>
    /// <param name="waveform"><c>[samples]</c></param>
    /// <param name="layer">0…N.</param>
    /// <returns><c>[frames, hidden]</c></returns>
    internal static Tensor Hidden(HubertModel model, Tensor waveform, int layer)
    {
        using var scope = NewDisposeScope();
        using var lengths = tensor(new[] { waveform.shape[0] }, dtype: ScalarType.Int64);
        var states = model.Encode(waveform.unsqueeze(0), lengths, layer);
        return states.Layers[layer].squeeze(0).cpu().MoveToOuterDisposeScope();
    }
}
