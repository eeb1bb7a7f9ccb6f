namespace Affect.Fusion;

/// <summary>What every fusion has: its modalities, its classes, its width.</summary>
/// <remarks>The MER2024 baseline (arXiv:2404.17113) draws the width from 64, 128, 256 and the dropout from 0.2 to 0.5.</remarks>
public sealed record FusionConfig
{
    /// <summary>The modalities in the order in which a batch brings them; at least one, no name twice.</summary>
    public required IReadOnlyList<ModalityInput> Modalities { get; init => field = Distinct(value); }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; init => field = Require.AtLeast(2, value); } = 6;

    /// <summary>The size of each modality's embedding.</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>Dropout in training of each modality's features before they are embedded.</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); } = 0.3;

    /// <summary>Whether there is a second head for valence, as the baseline's checkpoints have one.</summary>
    public bool HasValence { get; init; }

    /// <summary>The modalities' names and sizes, then the numbers, for records.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{string.Join(", ", Modalities.Select(modality => $"{modality.Name} {modality.Size}"))}; {Classes} classes, width {HiddenSize}, dropout {Dropout}{(HasValence ? ", valence" : "")}");

    private static IReadOnlyList<ModalityInput> Distinct(IReadOnlyList<ModalityInput> modalities)
    {
        Require.NotEmpty(modalities, nameof(Modalities));
        if (modalities.Count > 16) throw new ArgumentException($"Modalities must be 16 at most, but are {modalities.Count}.", nameof(modalities));
        var twice = modalities.GroupBy(modality => modality.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? [.. modalities] : throw new ArgumentException($"Modalities must have names of their own, but '{twice.Key}' is there twice.", nameof(modalities));
    }
}
