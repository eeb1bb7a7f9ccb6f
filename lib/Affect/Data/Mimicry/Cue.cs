namespace Affect.Data.Mimicry;

/// <summary>One measurable thing that a voice or a face does, and how it follows the expressed emotion.</summary>
/// <param name="Name">The manifest's column.</param>
/// <param name="Means">The value at full strength for each emotion of <see cref="EmotionSet.Mer2024"/>.</param>
/// <param name="ClipSpread">The deviation from clip to clip.</param>
/// <param name="SpeakerSpread">The deviation of the speakers' own habits, which a method must see through on unseen speakers.</param>
/// <param name="Low">The least value that can be rendered.</param>
/// <param name="High">The greatest value that can be rendered.</param>
internal sealed record Cue(string Name, double[] Means, double ClipSpread, double SpeakerSpread, double Low, double High)
{
    /// <summary>A clip's value, rounded as the manifest writes it, so that the manifest tells all that is rendered.</summary>
    internal double Draw(int expressed, double strength, double habit, SeededRandom random)
    {
        var value = Math.Round(Math.Clamp(strength * Means[expressed] + SpeakerSpread * habit + ClipSpread * random.Normal(), Low, High), 3);
        return value == 0 ? 0 : value;                                          // no −0 in the manifest
    }
}
