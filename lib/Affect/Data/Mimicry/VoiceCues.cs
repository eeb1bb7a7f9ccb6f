namespace Affect.Data.Mimicry;

/// <summary>How a voice carries an emotion, from shallow to deep. The order of the rows is the order of <see cref="Table"/>.</summary>
internal sealed class VoiceCues(double[] values)
{
    //                                                            neutral angry happy   sad  worried surprise  clip speaker
    internal static readonly Cue[] Table =
    [
        new("voice_level_db",     Means:   [0.0,   5.0,   2.2,  -4.5,  -1.8,   2.8], ClipSpread: 1.5, SpeakerSpread: 1.5, -12, 12),
        new("voice_tilt_db",      Means:   [0.0,   7.5,   3.2,  -6.5,  -2.2,   1.8], ClipSpread: 1.8, SpeakerSpread: 1.5, -14, 14),
        new("voice_pitch_st",     Means:   [0.0,   1.0,   2.5,  -2.0,   1.8,   3.2], ClipSpread: 1.0, SpeakerSpread: 0.8, -6, 8),
        new("voice_range_st",     Means:   [2.2,   3.2,   4.6,   1.2,   2.0,   4.4], ClipSpread: 0.5, SpeakerSpread: 0.4, 0.3, 8),
        new("voice_rate",         Means:   [0.0,  0.08,  0.06, -0.15,  0.07, -0.02], ClipSpread: 0.05, SpeakerSpread: 0.05, -0.35, 0.35),
        new("voice_formants",     Means:   [0.0, -0.045, 0.075, -0.045, 0.02, 0.025], ClipSpread: 0.015, SpeakerSpread: 0.015, -0.14, 0.14),
        new("voice_breath",       Means:   [0.04, 0.03,  0.06,  0.18,  0.15,  0.22], ClipSpread: 0.03, SpeakerSpread: 0.02, 0, 0.5),
        new("voice_tremor",       Means:   [0.04, 0.06,  0.05,  0.20,  0.60,  0.08], ClipSpread: 0.06, SpeakerSpread: 0.03, 0, 1),
        new("voice_pauses",       Means:   [0.08, 0.03,  0.05,  0.24,  0.20,  0.08], ClipSpread: 0.05, SpeakerSpread: 0.03, 0, 0.5),
        new("voice_contour",      Means:   [1.0,   1.0,   1.0,   1.0,   1.0,   1.0], ClipSpread: 0.12, SpeakerSpread: 0.0, 0.4, 1.6),
    ];

    internal double LevelDecibels => values[0];
    internal double TiltDecibels => values[1];
    internal double PitchSemitones => values[2];
    internal double RangeSemitones => values[3];
    internal double Rate => values[4];
    internal double FormantShift => values[5];
    internal double Breath => values[6];
    internal double Tremor => values[7];
    internal double PauseShare => values[8];
    internal double ContourStrength => values[9];
}
