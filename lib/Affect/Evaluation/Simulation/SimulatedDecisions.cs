namespace Affect.Evaluation.Simulation;

/// <summary>What a <see cref="SimulatedWorld"/> gave once.</summary>
/// <param name="Target">The true classes.</param>
/// <param name="Predicted"><c>[systems][runs][clips]</c></param>
/// <param name="Speakers">Who speaks.</param>
/// <param name="Classes">How many classes there are.</param>
internal sealed record SimulatedDecisions(int[] Target, int[][][] Predicted, string[] Speakers, int Classes)
{
    /// <summary>The first half of the systems' mean score less the second half's; of two systems, the one's less the other's.</summary>
    internal PairedComparison Compare(Metric metric) =>
        PairedComparison.Of(Target, Predicted[..(Predicted.Length / 2)], Predicted[(Predicted.Length / 2)..], Classes, Speakers, metric);

    internal Interval Score(Metric metric) => new SpeakerJackknife(Speakers).Of(Target, Predicted[0][0], Classes, metric);

    internal EqualityTest CompareAll(Metric metric) => EqualityTest.Of(Target, [.. Predicted.Select(runs => runs[0])], Speakers, Classes, metric);
}
