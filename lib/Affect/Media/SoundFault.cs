namespace Affect.Media;

/// <summary>Names the sample that no sound can hold.</summary>
internal static class SoundFault
{
    /// <summary>The first sample that is not a number or infinite; null where all are finite.</summary>
    internal static int? FirstNotFinite(ReadOnlySpan<float> waveform)
    {
        for (var i = 0; i < waveform.Length; i++)
            if (!float.IsFinite(waveform[i])) return i;
        return null;
    }

    /// <param name="path">The file.</param>
    /// <param name="sample">Which sample, from 0.</param>
    /// <param name="value">What it is.</param>
    /// <param name="sampleRate">Hertz.</param>
    internal static MediaException NotFinite(string path, long sample, float value, int sampleRate) =>
        new(path, $"expected samples that are finite numbers, but {Name(sample, value, sampleRate)}. "
            + "Mend or export the recording anew, or leave the clip out.");

    /// <summary>As in <c>sample 100 (counted from 0, at 0.00625 s) is NaN</c>.</summary>
    internal static string Name(long sample, float value, int sampleRate)
    {
        var name = float.IsNaN(value)
            ? "NaN"
            : float.IsPositiveInfinity(value)
                ? "infinite"
                : float.IsNegativeInfinity(value) ? "minus infinite" : value.ToString(CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"sample {sample} (counted from 0, at {sample / (double)sampleRate:0.######} s) is {name}");
    }
}
