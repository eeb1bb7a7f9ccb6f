namespace Affect.Pretraining.Hubert;

/// <summary>What one step of pretraining measured.</summary>
/// <param name="Step">1 or more.</param>
/// <param name="Loss">The sum that is made small.</param>
/// <param name="Masked">Per code book, the mean cross-entropy of hidden frames, nats.</param>
/// <param name="Unmasked">Per code book, that of the frames that are not hidden.</param>
/// <param name="Accuracy">Per code book, the share of hidden frames that are named right, 0…1.</param>
/// <param name="GradientNorm">Before clipping.</param>
public sealed record PretrainingStep(
    int Step, double Loss, IReadOnlyList<double> Masked, IReadOnlyList<double> Unmasked, IReadOnlyList<double> Accuracy, double GradientNorm);
