namespace Affect.Pretraining.CLIP;

/// <summary>A whole pretraining of a CLIP: pictures, captions, network, training. The recipe that is kept beside the checkpoint is this record as JSON.</summary>
public sealed record CLIPPretrainingConfig
{
    /// <summary>Four blocks of 128 over patches of 16 in pictures of 96, two blocks of 128 over words, a common space of 64.</summary>
    public static CLIPConfig SmallModel { get; } = new()
    {
        ProjectionSize = 64,
        Vision = new CLIPVisionConfig { HiddenSize = 128, Layers = 4, Heads = 4, FeedForwardSize = 512, ImageSize = 96, PatchSize = 16 },
        Text = new CLIPTextConfig { HiddenSize = 128, Layers = 2, Heads = 4, FeedForwardSize = 512, MaximumTokens = 64 },
    };

    /// <summary>Decides initial weights and the order of pictures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is looked at.</summary>
    public PictureConfig Pictures { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The network; vocabulary and special tokens come from the captions.</summary>
    public CLIPConfig Model { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = SmallModel;

    /// <summary>How many tokens the captions' vocabulary has at most.</summary>
    public int Vocabulary { get; init => field = Require.AtLeast(514, value); } = 1024;

    /// <summary>Pictures kept out of training, to see how well unseen ones find their captions.</summary>
    public int HeldPictures { get; init => field = Require.AtLeast(0, value); } = 512;

    /// <summary>How it is trained.</summary>
    public TrainerConfig Training { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new()
    {
        Epochs = 3,
        BatchSize = 64,
        Pieces = 2,
        LearningRate = 1e-3,
        WeightDecay = 0.05,
        Criterion = null,
        SaveEvery = 50,
    };

    /// <summary>Colours −1…1, as drawn.</summary>
    internal PicturePreprocessing Preprocessing => PicturePreprocessing.Vit with { Size = Model.Vision.ImageSize, Crop = Model.Vision.ImageSize };
}
