namespace Affect.Media;

/// <summary>How Kaldi-style mel-frequency cepstral coefficients are computed; the defaults are Kaldi's.</summary>
public sealed record MfccConfig
{
    /// <summary>The filterbank beneath.</summary>
    public FilterbankConfig Filterbank { get; init; } = new();

    /// <summary>How many coefficients, the zeroth (loudness) included; at most the filters.</summary>
    public int Coefficients { get; init => field = Require.Between(1, 1024, value); } = 13;

    /// <summary>How strongly higher coefficients are scaled up; 0 not at all.</summary>
    public double Lifter { get; init => field = Require.AtLeast(0, value); } = 22;
}
