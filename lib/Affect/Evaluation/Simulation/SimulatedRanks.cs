namespace Affect.Evaluation.Simulation;

/// <summary>At which rank two systems of a <see cref="SimulatedWorld"/> found what belongs to each clip.</summary>
/// <param name="Ranks"><c>[systems][runs][clips]</c>, 1 the first.</param>
/// <param name="Speakers">Who speaks.</param>
internal sealed record SimulatedRanks(double[][][] Ranks, string[] Speakers)
{
    /// <summary>The first system's mean reciprocal rank less the second's.</summary>
    internal Interval Lead() => new SpeakerJackknife(Speakers).MeanOf([.. Ranks[0].Zip(Ranks[1], (mine, theirs) => mine.Zip(theirs, (one, other) => (1 / one) - (1 / other)).ToArray())]);
}
