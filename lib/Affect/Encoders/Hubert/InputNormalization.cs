namespace Affect.Encoders.Hubert;

/// <summary>Brings each clip to zero mean and unit variance over its valid samples; padding becomes 0.</summary>
/// <remarks>transformers' <c>Wav2Vec2FeatureExtractor.zero_mean_unit_var_norm</c>: <c>(x − mean) / √(var + 1e-7)</c>, the variance over n.</remarks>
internal static class InputNormalization
{
    private const double Epsilon = 1e-7;

    /// <param name="waveform"><c>[batch, samples]</c>, float32.</param>
    /// <param name="lengths">The valid samples of each clip.</param>
    /// <returns><c>[batch, samples]</c></returns>
    internal static Tensor Apply(Tensor waveform, IReadOnlyList<long> lengths)
    {
        using var scope = NewDisposeScope();
        var samples = waveform.shape[1];
        var rows = new Tensor[lengths.Count];
        for (var clip = 0; clip < rows.Length; clip++)
        {
            var valid = waveform[clip].narrow(0, 0, lengths[clip]);
            var centred = valid - valid.mean();
            var normal = centred / (centred.pow(2).mean() + Epsilon).sqrt();
            var padding = samples - lengths[clip];
            rows[clip] = padding == 0 ? normal : Guarded.Join([normal, zeros([padding], dtype: normal.dtype, device: normal.device)], 0);
        }
        return stack(rows, 0).MoveToOuterDisposeScope();
    }
}
