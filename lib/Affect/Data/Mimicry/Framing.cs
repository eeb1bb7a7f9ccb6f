namespace Affect.Data.Mimicry;

/// <summary>Where the camera stands: it differs from clip to clip and says nothing.</summary>
/// <param name="X">The head's middle, in pictures' widths.</param>
/// <param name="Y">The head's middle, in pictures' heights.</param>
/// <param name="HalfHead">Half of the head's height, in pictures' heights.</param>
/// <param name="Light">What all brightness is multiplied by.</param>
internal sealed record Framing(double X, double Y, double HalfHead, double Light)
{
    internal static Framing Middle { get; } = new(0.5, 0.49, 0.315, 1);

    internal static Framing Draw(SeededRandom random) =>
        new(random.Between(0.48, 0.52), random.Between(0.475, 0.51), random.Between(0.305, 0.325), random.Between(0.86, 1.03));
}
