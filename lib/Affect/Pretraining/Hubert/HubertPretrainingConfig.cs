namespace Affect.Pretraining.Hubert;

/// <summary>A whole pretraining: speech, units, network, iterations. The recipe that is kept beside the checkpoint is this record as JSON.</summary>
public sealed record HubertPretrainingConfig
{
    /// <summary>A pre-norm network of 8 blocks of 128 behind convolutions of 64 channels with layer norms, without dropout: 1.6 million weights.</summary>
    public static HubertConfig SmallModel { get; } = HubertConfig.Large with
    {
        HiddenSize = 128,
        Layers = 8,
        Heads = 4,
        FeedForwardSize = 512,
        ConvChannels = [64, 64, 64, 64, 64, 64, 64],
        PositionKernel = 32,
        PositionGroups = 16,
        HiddenDropout = 0,
        AttentionDropout = 0,
        ActivationDropout = 0,
        ProjectionDropout = 0,
        LayerDrop = 0,
    };

    /// <summary>Decides initial weights, clusters, crops and masks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is listened to.</summary>
    public SpeechConfig Speech { get; init; } = new();

    /// <summary>The network.</summary>
    public HubertConfig Model { get; init; } = SmallModel;

    /// <summary>Whether the network hears each clip at zero mean and unit variance, or as loud as it is.</summary>
    public bool NormalizesInput { get; init; }

    /// <summary>What is named.</summary>
    public UnitSets Units { get; init; } = UnitSets.ContentAndProsody;

    /// <summary>Clusters of cepstral coefficients, in the first iteration.</summary>
    public int MfccClusters { get; init => field = Require.AtLeast(2, value); } = 50;

    /// <summary>Clusters of pitch and loudness.</summary>
    public int ProsodyClusters { get; init => field = Require.AtLeast(2, value); } = 32;

    /// <summary>Clusters of a middle layer's states, from the second iteration on.</summary>
    public int HiddenClusters { get; init => field = Require.AtLeast(2, value); } = 100;

    /// <summary>The layer whose states become units; null: the middle one.</summary>
    public int? HiddenLayer { get; init => field = value is { } layer ? Require.AtLeast(0, layer) : null; }

    /// <summary>How often units are made and learned.</summary>
    public int Iterations { get; init => field = Require.Between(1, 9, value); } = 2;

    /// <summary>Steps of each iteration after the first; null: as many as the first has.</summary>
    public int? LaterSteps { get; init => field = value is { } steps ? Require.AtLeast(1, steps) : null; }

    /// <summary>Whether a later iteration goes on from the weights of the one before; HuBERT draws them anew, with far more steps.</summary>
    public bool KeepsWeights { get; init; } = true;

    /// <summary>The training itself.</summary>
    public MaskedTrainingConfig Training { get; init; } = new();

    /// <summary>How an iteration trains, the first being 1.</summary>
    internal MaskedTrainingConfig TrainingOf(int iteration) => iteration == 1 ? Training : Training with { Steps = LaterSteps ?? Training.Steps };
}
