namespace Affect.Data.Mimicry;

/// <summary>How a face carries an emotion, from shallow (brows, mouth) to deep (asymmetry, gaze, the timing of onset). The first twelve are a <see cref="FacePose"/>.</summary>
internal static class FaceCues
{
    internal const int Jaw = 7;
    internal const int GazeDarts = 12;                                          // looks to the side a second
    internal const int Blinks = 13;                                             // blinks a second
    internal const int OnsetSeconds = 14;                                       // from the start of the expression until it is full
    internal const int Hold = 15;                                               // how much of the expression is left at the end

    //                                                            neutral angry happy   sad  worried surprise  clip speaker
    internal static readonly Cue[] Table =
    [
        new("face_brow_raise",    Means:   [0.0,  -0.7,  0.15,  0.00,  0.30,  1.00], ClipSpread: 0.22, SpeakerSpread: 0.25, -1, 1.2),
        new("face_brow_inner",    Means:   [0.0,  -0.8,  0.00,  0.90,  0.75,  0.15], ClipSpread: 0.22, SpeakerSpread: 0.20, -1.1, 1.2),
        new("face_furrow",        Means:   [0.0,   0.9,  0.00,  0.15,  0.80,  0.00], ClipSpread: 0.12, SpeakerSpread: 0.08, 0, 1),
        new("face_lids",          Means:   [0.0, -0.12, -0.10, -0.40,  0.22,  0.55], ClipSpread: 0.12, SpeakerSpread: 0.12, -0.6, 0.7),
        new("face_squint",        Means:   [0.0,  0.45,  0.60,  0.00,  0.00,  0.00], ClipSpread: 0.12, SpeakerSpread: 0.10, 0, 1),
        new("face_mouth_curve",   Means:   [0.0, -0.45,  1.00, -0.75, -0.40,  0.00], ClipSpread: 0.25, SpeakerSpread: 0.25, -1.1, 1.2),
        new("face_mouth_width",   Means:   [0.0, -0.05,  0.60, -0.20,  0.40, -0.55], ClipSpread: 0.20, SpeakerSpread: 0.20, -0.9, 1),
        new("face_jaw",           Means:   [0.0,  0.05,  0.20,  0.00,  0.05,  0.55], ClipSpread: 0.07, SpeakerSpread: 0.03, 0, 0.8),
        new("face_skew",          Means:   [0.0,  0.10,  0.00,  0.05,  0.45,  0.00], ClipSpread: 0.10, SpeakerSpread: 0.08, -0.8, 0.8),
        new("face_nod",           Means:   [0.0,  0.45, -0.10,  0.55, -0.15, -0.45], ClipSpread: 0.20, SpeakerSpread: 0.15, -1, 1),
        new("face_roll_deg",      Means:   [0.0,   0.0,   2.0,   4.0,   1.0,   0.0], ClipSpread: 2.5, SpeakerSpread: 1.5, -10, 10),
        new("face_gaze_down",     Means:   [0.0,   0.0,   0.0,   0.8,   0.2,  -0.1], ClipSpread: 0.15, SpeakerSpread: 0.05, -1, 1),
        new("face_gaze_darts",    Means:   [0.2,   0.1,   0.3,   0.1,   1.6,   0.1], ClipSpread: 0.15, SpeakerSpread: 0.05, 0, 2.2),
        new("face_blinks",        Means:   [0.30, 0.10,  0.35,  0.30,  0.75,  0.05], ClipSpread: 0.08, SpeakerSpread: 0.06, 0, 1.2),
        new("face_onset_s",       Means:   [0.5,  0.30,  0.55,  0.90,  0.45,  0.15], ClipSpread: 0.10, SpeakerSpread: 0.05, 0.05, 1.6),
        new("face_hold",          Means:   [1.0,  0.95,  0.90,  1.00,  0.75,  0.35], ClipSpread: 0.06, SpeakerSpread: 0.03, 0.2, 1),
    ];
}
