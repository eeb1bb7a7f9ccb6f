namespace Affect.Pretraining.CLIP;

/// <summary>Says in words what a drawn face does at one moment, muscle by muscle; never what it may feel.</summary>
internal static class FaceCaption
{
    // For each movement the words from the lowest value up, and between them the values at which they change; "" is rest, of which nothing is said.
    private static readonly (Func<FacePose, double> Of, double[] Bounds, string[] Words)[] Movements =
    [
        (pose => pose.BrowRaise, [-0.75, -0.45, -0.2, 0.2, 0.45, 0.75], ["brows pressed far down", "brows pressed down", "brows slightly down", "", "brows slightly up", "brows raised", "brows raised high"]),
        (pose => pose.BrowInner, [-0.7, -0.35, -0.15, 0.15, 0.4, 0.7], ["inner brows far down", "inner brows down", "inner brows slightly down", "", "inner brows slightly up", "inner brows lifted", "inner brows lifted high"]),
        (pose => pose.Furrow, [0.12, 0.3, 0.55, 0.8], ["", "brows slightly together", "brows together", "brows knit", "brows knit tightly"]),
        (pose => pose.Lids, [-0.9, -0.4, -0.18, 0.15, 0.35], ["eyes shut", "lids heavy", "lids lowered", "", "eyes wide", "eyes very wide"]),
        (pose => pose.Squint, [0.15, 0.35, 0.6], ["", "lower lids slightly tense", "lower lids raised", "lower lids raised high"]),
        (pose => pose.MouthCurve, [-0.7, -0.4, -0.15, 0.15, 0.45, 0.8], ["mouth corners far down", "mouth corners down", "mouth corners slightly down", "", "mouth corners slightly up", "mouth corners up", "mouth corners far up"]),
        (pose => pose.MouthWidth, [-0.5, -0.2, 0.2, 0.5], ["lips narrow", "lips slightly narrow", "", "lips slightly wide", "lips wide"]),
        (pose => pose.Jaw, [0.08, 0.2, 0.35, 0.55], ["", "lips parted", "mouth open", "mouth wide open", "jaw dropped"]),
        (pose => pose.Skew, [-0.3, -0.12, 0.12, 0.3], ["face leans right", "face slightly leans right", "", "face slightly leans left", "face leans left"]),
        (pose => pose.Nod, [-0.5, -0.2, 0.2, 0.5], ["head far back", "head back", "", "head bowed", "head bowed low"]),
        (pose => pose.Turn, [-0.15, 0.15], ["head turned right", "", "head turned left"]),
        (pose => pose.RollDegrees, [-4, -1.8, 1.8, 4], ["head tilted right", "head slightly tilted right", "", "head slightly tilted left", "head tilted left"]),
        (pose => pose.GazeX, [-0.4, 0.4], ["eyes to the left", "", "eyes to the right"]),
        (pose => pose.GazeY, [-0.25, 0.25, 0.6], ["eyes up", "", "eyes lowered", "eyes cast down"]),
    ];

    /// <summary>As in <c>brows raised, eyes wide, jaw dropped</c>.</summary>
    internal static string Of(FacePose pose)
    {
        var words = Movements.Select(movement => movement.Words[movement.Bounds.Count(bound => movement.Of(pose) >= bound)]).Where(phrase => phrase.Length > 0);
        var caption = string.Join(", ", words);
        return caption.Length > 0 ? caption : "a face at rest";
    }
}
