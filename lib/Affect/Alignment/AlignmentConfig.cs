namespace Affect.Alignment;

/// <summary>How a visual encoder is brought into the space of an acoustic one.</summary>
/// <remarks>
/// arXiv:2409.05015, stage 2: "feature alignment pre-training … within the acoustic feature space" on unlabelled clips. Loss, temperature, network and
/// standardisation are <b>our inference</b>; the paper does not publish them.
/// </remarks>
public sealed record AlignmentConfig
{
    /// <summary>
    /// What brings both together. The whole vector told by least squares gained most from a teacher who knows what the face expresses, on a Mimic whose results
    /// are not reported; where clips of one emotion are each other's negatives, that teacher gives less.
    /// </summary>
    public AlignmentLoss Loss { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new MeanSquaredErrorLoss();

    /// <summary>Which clips are never each other's negatives.</summary>
    public NegativeSource Source { get; init; } = NegativeSource.Session;

    /// <summary>What cosines are divided by at first; learned from then on.</summary>
    public double Temperature { get; init => field = Require.Between(0.001, 10, value); } = 0.07;

    /// <summary>The least temperature that learning may reach.</summary>
    public double LeastTemperature { get; init => field = Require.Between(0.001, 10, value); } = 0.01;

    /// <summary>The greatest temperature that learning may reach.</summary>
    public double GreatestTemperature { get; init => field = Require.Between(0.001, 10, value); } = 1;

    /// <summary>
    /// Whether each speaker's sounds are first brought to mean 0 over that speaker's clips, so that what a voice is cannot be matched to what a face is, and
    /// only what both do remains. Uses no labels; right for a corpus that is there as a whole.
    /// </summary>
    public bool CentresSpeakers { get; init; }

    /// <summary>The size within the temporal network.</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Its blocks.</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>Its attention heads.</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 4;

    /// <summary>Dropout in training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); } = 0.1;
}
