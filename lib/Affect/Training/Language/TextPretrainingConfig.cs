using Affect.Encoders.Bert;

namespace Affect.Training.Language;

/// <summary>A whole pretraining of a small BERT: texts, vocabulary, network, masks. The recipe that is kept beside the checkpoint is this record as JSON.</summary>
public sealed record TextPretrainingConfig
{
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

    /// <summary>Decides initial weights, the order of texts, partners and masks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The seed of the first Mimic corpus whose transcripts are read; further ones take the numbers after it.</summary>
    public int FirstSeed { get; init; } = 1001;

    /// <summary>The seed of the corpus that results will be reported on; a sentence that stands in it is not read.</summary>
    public int HeldOutSeed { get; init; } = 1;

    /// <summary>Of how many corpora of 960 clips the transcripts are read.</summary>
    public int Corpora { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>
    /// The weight of a second task: of the other texts of a batch, each text is to name one that is of its mood (BERT tells whether one sentence follows
    /// another; Mimic's follow none, so their moods stand in for documents: ours). 0: no such task.
    /// </summary>
    public double PairWeight { get; init => field = Require.Between(0, 100, value); } = 1;

    /// <summary>τ of the second task, by which cosines are divided.</summary>
    public double Temperature { get; init => field = Require.Between(0.001, 10, value); } = 0.1;

    /// <summary>The share of tokens that are hidden or changed.</summary>
    public double MaskShare { get; init => field = Require.Between(0.01, 0.9, value); } = 0.15;

    /// <summary>How many tokens the vocabulary has at most.</summary>
    public int Vocabulary { get; init => field = Require.AtLeast(1, value); } = 600;

    /// <summary>The network.</summary>
    public BertConfig Model { get; init; } = SmallModel;

    /// <summary>The training itself.</summary>
    public TrainerConfig Training { get; init; } = new() { Epochs = 8, BatchSize = 64, Pieces = 2, LearningRate = 1e-3, Criterion = null, Schedule = ScheduleKind.Linear, SaveEvery = 200 };
}
