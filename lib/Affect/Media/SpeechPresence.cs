namespace Affect.Media;

/// <summary>Whether somebody can be heard to speak: is the sound voiced, does it come and go, does its pitch move?</summary>
/// <remarks>
/// Ours, and simple on purpose: it keeps silence, hum and noise from being judged by their emotion. The limits were set on a handful of recordings
/// (three of room noise, seventeen of voices). A singing voice or an instrument counts as speech; a whisper, which has no pitch, does not.
/// </remarks>
public sealed record SpeechPresence
{
    private const double LeastVoicedSeconds = 0.2;     // two short vowels
    private const double SilenceDecibels = -60;
    private const double LeastLevelRange = 10;
    private const double PlainLevelRange = 15;         // what comes and goes so much is speech even on a monotone
    private const double LeastPitchSpread = 0.1;
    private const double LevelFrameSeconds = 0.02;
    private const double VoicingThreshold = 0.6;

    private SpeechPresence()
    {
    }

    /// <summary>How much of the sound is voiced, in seconds.</summary>
    public double VoicedSeconds { get; private init; }

    /// <summary>The highest sample, in decibels relative to full scale; −∞ for digital silence.</summary>
    public double PeakDecibels { get; private init; }

    /// <summary>How far the pitch moves: the deviation of its logarithm, in octaves.</summary>
    public double PitchSpread { get; private init; }

    /// <summary>How far the level moves: from the 10th to the 95th percentile of frames of 20 ms, in decibels.</summary>
    public double LevelRange { get; private init; }

    /// <summary>Whether it counts as speech.</summary>
    public bool IsSpeech => PeakDecibels > SilenceDecibels && VoicedSeconds >= LeastVoicedSeconds
        && (LevelRange >= PlainLevelRange || (LevelRange >= LeastLevelRange && PitchSpread >= LeastPitchSpread));

    /// <summary>Listens.</summary>
    /// <param name="waveform"><c>[samples]</c>, −1…1.</param>
    /// <param name="sampleRate">Hertz.</param>
    public static SpeechPresence Of(float[] waveform, int sampleRate = 16_000)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var config = new PitchConfig { SampleRate = sampleRate, VoicingThreshold = VoicingThreshold };
        var peak = 20 * Math.Log10(waveform.Length == 0 ? 0 : waveform.Max(Math.Abs));
        if (waveform.Length < config.FrameSamples) return new SpeechPresence { PeakDecibels = peak };
        using var scope = NewDisposeScope();
        var octaves = PitchTracker.Track(tensor(waveform), config).Hertz.Where(hertz => hertz > 0).Select(Math.Log2).ToArray();
        var mean = octaves.DefaultIfEmpty(0).Average();
        var powers = waveform.Chunk((int)(LevelFrameSeconds * sampleRate)).Select(frame => frame.Average(sample => (double)sample * sample));
        double[] levels = [.. powers.Select(power => 10 * Math.Log10(1e-10 + power)).Order()];
        return new SpeechPresence
        {
            PeakDecibels = peak,
            VoicedSeconds = octaves.Length * config.HopMilliseconds / 1000,
            PitchSpread = Math.Sqrt(octaves.Select(value => (value - mean) * (value - mean)).DefaultIfEmpty(0).Average()),
            LevelRange = levels[(int)(0.95 * (levels.Length - 1))] - levels[(int)(0.1 * (levels.Length - 1))],
        };
    }
}
