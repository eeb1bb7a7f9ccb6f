namespace Affect.Tests.Pretraining.Bert;

public sealed class TextPretrainingTests
{
    private static readonly TextPretrainingConfig Tiny = new()
    {
        Sentences = 960,
        Model = TextPretrainingConfig.SmallModel with { HiddenSize = 16, Layers = 2, Heads = 2, FeedForwardSize = 32 },
        Training = new TextPretrainingConfig().Training with { Epochs = 2, BatchSize = 128, LearningRate = 5e-3, SaveEvery = 3 },
    };

    [Fact]
    public void A_run_that_was_stopped_gives_the_weights_of_one_that_never_was()
    {
        using var folder = new TemporaryFolder();
        var whole = TextPretraining.Run(Tiny, folder.In("a"), folder.In("a.work"));
        using (var stop = new CancellationTokenSource())
        {
            var progress = ImmediateProgress.Cancelling(stop, 5);
            Assert.Throws<OperationCanceledException>(() => TextPretraining.Run(Tiny, folder.In("b"), folder.In("b.work"), progress, cancellation: stop.Token));
        }
        var resumed = TextPretraining.Run(Tiny, folder.In("b"), folder.In("b.work"));
        Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
        Assert.True(whole.Epochs[^1].Parts["masked"] < whole.Epochs[0].Parts["masked"]);
        Assert.Equal(whole.Fingerprint, TextPretrainingRecord.Read(folder.In("a")).Fingerprint);
        using var model = BertModel.FromPretrained(folder.In("a"));
        Assert.Equal(whole.Fingerprint, model.Fingerprint);
        using var states = model.Encode(["What a surprise!"]);
        Assert.Equal(3, states.Layers.Count);
    }

    [Fact]
    public void A_bag_of_words_counts_tokens_and_knows_no_order()
    {
        using var scope = NewDisposeScope();
        using var bag = new BagOfWordsEncoder(VocabularyLearner.Words(["a b c"], 300, leastCount: 1));
        var states = bag.Encode(["b a a", "a b a"]);
        var counts = states.MeanOverText(states.Layers[0]);
        Assert.True(counts[0].allclose(counts[1]));
        Assert.Equal(1, counts[0].sum().ToSingle(), tolerance: 1e-6);
        Assert.Equal(2f / 3, counts[0].max().ToSingle(), tolerance: 1e-6);
    }

    [Fact]
    public void The_shipped_checkpoint_is_what_its_record_says()
    {
        var folder = Path.Combine(Repository.Root, "data", "checkpoints", "mimic-bert");
        Assert.True(Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length) <= 6 << 20);
        using var model = BertModel.FromPretrained(folder);
        var record = TextPretrainingRecord.Read(folder);
        Assert.Equal(record.Fingerprint, model.Fingerprint);
        Assert.Contains(record.Fingerprint, File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Equal(record.Vocabulary, model.Tokenizer!.VocabularySize);
        Assert.Equal(0, record.OccurringInReported);
    }
}
