namespace Affect.Pretraining.Bert;

/// <summary>A whole pretraining of a small BERT: texts, vocabulary, network, masks. The recipe that is kept beside the checkpoint is this record as JSON.</summary>
public sealed record TextPretrainingConfig
{
    /// <summary>The seed of the Mimic corpus on which results are reported.</summary>
    public const int ReportedSeed = 1;

    /// <summary>4 blocks of 128 without dropout; the vocabulary's size is that of what is learned.</summary>
    public static BertConfig SmallModel { get; } = new()
    {
        HiddenSize = 128,
        Layers = 4,
        Heads = 4,
        FeedForwardSize = 512,
        Positions = 96,
        Dropout = 0,
        AttentionDropout = 0,
    };

    /// <summary>Decides initial weights, the order of texts, and masks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Decides which sentences are drawn; they are those of no corpus of that seed.</summary>
    public int TextSeed { get; init; } = 1001;

    /// <summary>How many sentences are drawn from Mimic's grammar. Those that stand in a held-out corpus are then left out.</summary>
    public int Sentences { get; init => field = Require.AtLeast(1, value); } = 100_000;

    /// <summary>The corpora of so many seeds, from <see cref="ReportedSeed"/> on, are held out, since results are reported on them: no sentence that stands in one is read.</summary>
    public int HeldOutCorpora { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>The seed of the first corpus that is held out to choose among recipes; nothing else is reported on it.</summary>
    public int SelectionSeed { get; init => field = Require.AtLeast(2, value); } = 101;

    /// <summary>How many corpora, of this and the following seeds, are held out to choose among recipes.</summary>
    public int SelectionCorpora { get; init => field = Require.AtLeast(0, value); } = 2;

    /// <summary>The share of words that are hidden or changed, whole words at a time.</summary>
    public double MaskShare { get; init => field = Require.Between(0.01, 0.9, value); } = 0.15;

    /// <summary>
    /// The weight of a second task without labels: of two maskings of a batch's texts, each is to find the other one of its own text. 0: none, masked words alone.
    /// </summary>
    public double ContrastWeight { get; init => field = Require.Between(0, 100, value); }

    /// <summary>τ of the second task, by which cosines are divided.</summary>
    public double Temperature { get; init => field = Require.Between(0.001, 10, value); } = 0.05;

    /// <summary>How many tokens the vocabulary has at most.</summary>
    public int Vocabulary { get; init => field = Require.AtLeast(1, value); } = 600;

    /// <summary>The network.</summary>
    public BertConfig Model { get; init; } = SmallModel;

    /// <summary>The training itself.</summary>
    public TrainerConfig Training { get; init; } = new() { Epochs = 4, BatchSize = 64, Pieces = 2, LearningRate = 1e-3, Criterion = null, Schedule = ScheduleKind.Linear, SaveEvery = 200 };
}
