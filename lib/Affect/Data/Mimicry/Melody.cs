namespace Affect.Data.Mimicry;

/// <summary>
/// The shape of the pitch over a sentence: the deep cue of the voice, since no average over time shows it. Neutral speech sinks evenly, anger
/// falls steeply again and again, happiness swings, sadness sags, worry climbs and wavers, surprise rises, falls and ends high.
/// </summary>
internal static class Melody
{
    private const double Falls = 3.5;
    private const double Swings = 2.5;

    /// <summary>Where the pitch is, in units of the speaker's range, from the first sound (position 0) to the last (1).</summary>
    internal static double Shape(int emotion, double position) => emotion switch
    {
        0 => 0.45 - 0.9 * position,
        1 => 0.7 - 1.3 * (Falls * position - Math.Floor(Falls * position)),
        2 => 0.85 * Math.Sin(2 * Math.PI * Swings * position) + 0.1,
        3 => 0.2 - 0.9 * Math.Sqrt(position),
        4 => -0.6 + 1.1 * position + 0.3 * Math.Sin(2 * Math.PI * 1.5 * position),
        _ => position < 0.2 ? -0.2 + 5.5 * position : position < 0.7 ? 0.9 - 2.8 * (position - 0.2) : -0.5 + 6 * (position - 0.7),
    };
}
