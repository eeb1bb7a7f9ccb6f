namespace Affect.Alignment;

/// <summary>Which other clips may not count as a clip's negatives, because they come from the same source.</summary>
public enum NegativeSource
{
    /// <summary>
    /// Clips cut from one recording session where the corpus tells sessions; where it does not, each clip is a source of its own. Mimic's clips are each a
    /// recording of their own, so there every other clip may be a negative, those of the same speaker too: with these left out, telling voices and faces
    /// of different people apart would be enough, and nothing about emotion need be learned.
    /// </summary>
    Session,

    /// <summary>Every other clip may be a negative, whatever session it comes from.</summary>
    Clip,

    /// <summary>Clips of the same speaker may not.</summary>
    Speaker,
}
