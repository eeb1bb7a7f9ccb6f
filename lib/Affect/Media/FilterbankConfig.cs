namespace Affect.Media;

/// <summary>How Kaldi-style log mel filterbank energies are computed; the defaults are Kaldi's.</summary>
public sealed record FilterbankConfig
{
    /// <summary>Hertz.</summary>
    public int SampleRate { get; init => field = Require.AtLeast(100, value); } = 16000;

    /// <summary>Length of a frame, milliseconds.</summary>
    public double FrameMilliseconds { get; init => field = Require.Between(1, 1000, value); } = 25;

    /// <summary>From one frame's start to the next one's, milliseconds.</summary>
    public double HopMilliseconds { get; init => field = Require.Between(0.1, 1000, value); } = 10;

    /// <summary>How many triangular filters.</summary>
    public int MelBins { get; init => field = Require.Between(4, 1024, value); } = 23;

    /// <summary>Where the lowest filter begins, hertz.</summary>
    public double LowFrequency { get; init => field = Require.AtLeast(0, value); } = 20;

    /// <summary>Where the highest filter ends, hertz; zero or less counts from the Nyquist frequency.</summary>
    public double HighFrequency { get; init; }

    /// <summary>How much of each sample's predecessor is taken off it.</summary>
    public double Preemphasis { get; init => field = Require.Between(0, 1, value); } = 0.97;

    /// <summary>Samples a frame.</summary>
    public int FrameSamples => (int)(SampleRate * FrameMilliseconds / 1000);

    /// <summary>Samples from one frame's start to the next one's.</summary>
    public int HopSamples => (int)(SampleRate * HopMilliseconds / 1000);
}
