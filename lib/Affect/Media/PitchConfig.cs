namespace Affect.Media;

/// <summary>How the pitch of a voice is tracked; frames lie as a HuBERT encoder's do: 25 ms of sound every 20 ms.</summary>
public sealed record PitchConfig
{
    /// <summary>Hertz.</summary>
    public int SampleRate { get; init => field = Require.AtLeast(1000, value); } = 16_000;

    /// <summary>The stretch of sound that a frame stands for, milliseconds; the pitch is that of its middle.</summary>
    public double FrameMilliseconds { get; init => field = Require.Between(1, 1000, value); } = 25;

    /// <summary>From one frame's start to the next one's, milliseconds.</summary>
    public double HopMilliseconds { get; init => field = Require.Between(0.1, 1000, value); } = 20;

    /// <summary>The stretch around a frame's middle that is compared with itself, milliseconds; three periods of the lowest pitch.</summary>
    public double WindowMilliseconds { get; init => field = Require.Between(1, 1000, value); } = 48;

    /// <summary>The lowest pitch looked for, hertz.</summary>
    public double LowestHertz { get; init => field = Require.Between(20, 2000, value); } = 65;

    /// <summary>The highest pitch looked for, hertz.</summary>
    public double HighestHertz { get; init => field = Require.Between(20, 4000, value); } = 500;

    /// <summary>How like itself a frame must be one period later to be voiced, 0…1.</summary>
    public double VoicingThreshold { get; init => field = Require.Between(0, 1, value); } = 0.45;

    /// <summary>Frames whose amplitude is below this share of the loudest frame's are not voiced.</summary>
    public double SilenceShare { get; init => field = Require.Between(0, 1, value); } = 0.03;

    /// <summary>What a candidate loses per octave that it lies below the highest pitch: of a period and its double, the period wins.</summary>
    public double OctaveCost { get; init => field = Require.Between(0, 1, value); } = 0.03;

    /// <summary>Over how many voiced frames a running median removes stray octaves; odd, 1: none.</summary>
    public int MedianFrames { get; init => field = Require.Between(1, 99, value); } = 5;

    internal int FrameSamples => (int)(SampleRate * FrameMilliseconds / 1000);

    internal int HopSamples => (int)(SampleRate * HopMilliseconds / 1000);

    internal int WindowSamples => (int)(SampleRate * WindowMilliseconds / 1000);
}
