namespace Affect.Tests.Pretraining.CLIP;

public sealed class CLIPPretrainingTests
{
    private static readonly CLIPPretrainingConfig Tiny = new()
    {
        Pictures = new PictureConfig { Pictures = 72, PicturesPerClip = 3, ClipsPerCast = 24, SpeakersPerCast = 6 },
        HeldPictures = 8,
        Vocabulary = 560,
        Model = new CLIPConfig
        {
            ProjectionSize = 8,
            Vision = new CLIPVisionConfig { HiddenSize = 16, Layers = 1, Heads = 2, FeedForwardSize = 32, ImageSize = 32, PatchSize = 16 },
            Text = new CLIPTextConfig { HiddenSize = 16, Layers = 1, Heads = 2, FeedForwardSize = 32, MaximumTokens = 96 },
        },
        Training = new TrainerConfig { Epochs = 2, BatchSize = 16, Pieces = 2, LearningRate = 3e-3, Criterion = null },
    };

    [Fact]
    public void A_checkpoint_holds_network_tokenizer_and_record_and_loads()
    {
        using var folder = new TemporaryFolder();
        var output = folder.In("clip");
        var record = CLIPPretraining.Run(Tiny, output, folder.In("work"));

        using var model = CLIPModel.FromPretrained(output);
        var tokenizer = CLIPTokenizer.Open(output);
        Assert.Equal(record.Fingerprint, model.Fingerprint);
        Assert.Equal((tokenizer.VocabularySize, tokenizer.EndId), (model.Config.Text.VocabularySize, model.Config.Text.EndToken));
        Assert.Equal(32, model.Preprocessing.Size);
        using var scope = torch.NewDisposeScope();
        using var tokens = new TokenBatch([tokenizer.Encode(record.Examples[0])], tokenizer.PadId);
        Assert.Equal([1, 8], model.Read(tokens.Ids).Feature.shape);

        var read = CLIPPretrainingRecord.Read(output);
        Assert.Equal((2, record.Captions, record.Fingerprint), (read.Epochs.Count, read.Captions, read.Fingerprint));
        Assert.Equal(record.Recipe, read.Recipe);
        Assert.Equal(MimicConfig.Version, read.MimicVersion);
        Assert.Contains("held r@1", read.Epochs[0].Metrics.Keys);
    }

    [Fact]
    public void A_run_that_was_ended_goes_on_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => CLIPPretraining.Run(Tiny, folder.In("a"), folder.In("a.work"), ImmediateProgress.Cancelling(stop, 3), stop.Token));
        var resumed = CLIPPretraining.Run(Tiny, folder.In("a"), folder.In("a.work"));
        var unbroken = CLIPPretraining.Run(Tiny, folder.In("b"), folder.In("b.work"));
        Assert.Equal(unbroken.Fingerprint, resumed.Fingerprint);
    }

    [Fact]
    public void Live_tensors_return_to_where_they_were()
    {
        using var folder = new TemporaryFolder();
        // On this thread alone: what other threads make and this one frees is counted on one side only.
        var whole = Tiny with { Training = Tiny.Training with { Pieces = 1 } };
        CLIPPretraining.Run(whole with { Training = whole.Training with { Epochs = 1 } }, folder.In("a"), folder.In("a.work"));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        CLIPPretraining.Run(whole, folder.In("b"), folder.In("b.work"));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void More_held_pictures_than_there_are_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("HeldPictures must be fewer than all 72", Assert.Throws<ArgumentException>(() => CLIPPretraining.Run(Tiny with { HeldPictures = 72 }, folder.Path, folder.Path)).Message, StringComparison.Ordinal);
    }
}
