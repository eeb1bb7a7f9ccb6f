namespace Affect.Tests.Pretraining.Hubert;

public sealed class MaskedTrainerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-trainer-").FullName;
    private readonly SpeechCollection collection = TinySpeech.Tones();

    private string StatePath => Path.Combine(folder, "state.safetensors");

    public void Dispose()
    {
        collection.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_run_that_goes_on_takes_the_steps_of_one_that_never_stopped()
    {
        var whole = Train(TinySpeech.Training, statePath: null);
        foreach (var stopAfter in new[] { 1, 5 })
        {
            File.Delete(StatePath);
            using var stop = new CancellationTokenSource();
            var stopper = new ImmediateProgress(progress => { if (progress.Done == stopAfter) stop.Cancel(); });
            Assert.Throws<OperationCanceledException>(() => Train(TinySpeech.Training, StatePath, stopper, stop.Token));
            var resumed = Train(TinySpeech.Training, StatePath);
            Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
            Assert.Equal(whole.Losses, resumed.Losses);
        }
    }

    [Fact]
    public void A_killed_run_goes_on_from_its_last_save()
    {
        var whole = Train(TinySpeech.Training, statePath: null);
        // Killed at step 5: what is there is the save of step 3.
        var kill = new ImmediateProgress(progress => { if (progress.Done == 5) throw new InvalidOperationException("killed"); });
        Assert.Throws<InvalidOperationException>(() => Train(TinySpeech.Training, StatePath, kill));
        long? resumedFrom = null;
        var resumed = Train(TinySpeech.Training, StatePath, new ImmediateProgress(progress => resumedFrom ??= progress.Resumed));
        Assert.Equal(3, resumedFrom);
        Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
    }

    [Fact]
    public void Steps_lower_the_loss()
    {
        var losses = Train(TinySpeech.Training with { Steps = 60, WarmUpSteps = 5 }, statePath: null).Losses;
        Assert.True(losses.TakeLast(10).Average() < 0.6 * losses.Take(5).Average(), $"from {losses.Take(5).Average():0.00} to {losses.TakeLast(10).Average():0.00}");
    }

    [Fact]
    public void A_batch_in_pieces_gives_the_gradient_of_the_whole()
    {
        var whole = Train(TinySpeech.Training with { Steps = 1, Pieces = 1 }, statePath: null).Steps[0];
        foreach (var pieces in new[] { 2, 3, 4 })
        {
            var divided = Train(TinySpeech.Training with { Steps = 1, Pieces = pieces }, statePath: null).Steps[0];
            Assert.Equal(whole.Loss, divided.Loss, 1e-4);
            Assert.Equal(whole.GradientNorm, divided.GradientNorm, 1e-4);
            Assert.Equal(whole.Accuracy[0], divided.Accuracy[0], 1e-6);
        }
    }

    [Fact]
    public void The_rate_rises_to_its_peak_and_falls_to_nothing()
    {
        var config = new MaskedTrainingConfig { Steps = 100, WarmUpSteps = 10, PeakRate = 1 };
        Assert.Equal([0.1, 0.5, 1, 90 / 91.0, 1 / 91.0], new[] { 1, 5, 10, 11, 100 }.Select(config.RateAt), new Near());
    }

    [Fact]
    public void The_state_of_another_training_and_crops_longer_than_any_clip_are_refused()
    {
        Train(TinySpeech.Training with { Steps = 3 }, StatePath);
        var other = Assert.Throws<FormatException>(() => Train(TinySpeech.Training with { EmbeddingSize = 9 }, StatePath));
        Assert.Contains("is the state of another training ('predictors.0.label_embs_concat' is missing or of another shape)", other.Message, StringComparison.Ordinal);
        var tooLong = Assert.Throws<ArgumentException>(() => Train(TinySpeech.Training with { CropSeconds = 3 }, statePath: null));
        Assert.StartsWith("CropSeconds must be at most the length of the longest clip, but is 3 s", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_crop_is_drawn_with_the_units_of_its_own_frames()
    {
        var speech = new PretrainingSpeech(collection, TinySpeech.Model, normalises: false);
        var books = TinySpeech.Books(speech);
        var sampler = new CropSampler(speech, books, TinySpeech.Training with { BatchClips = 64 }, TinySpeech.Model);
        using var scope = NewDisposeScope();
        using var batch = sampler.Draw(new SeededRandom(3));
        var (waveforms, hidden, units) = batch;
        Assert.Equal(new long[] { 64, 8000 }, waveforms.shape);
        Assert.Equal(new long[] { 64, 24 }, hidden.shape);
        // The units were made from the sound; made again from the crop they must be the same.
        using var crops = SpeechCollection.Of([.. Enumerable.Range(0, 64).Select(row => waveforms[row].contiguous().data<float>().ToArray())], new long[64], new long[64]);
        Assert.Equal(TinySpeech.Books(new PretrainingSpeech(crops, TinySpeech.Model, normalises: false))[0].Units.Select(unit => (long)unit), units[0].data<long>().ToArray());
    }

    private (string Fingerprint, IReadOnlyList<double> Losses, IReadOnlyList<PretrainingStep> Steps) Train(
        MaskedTrainingConfig config, string? statePath, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var speech = new PretrainingSpeech(collection, TinySpeech.Model, normalises: false);
        using var model = HubertModel.Random(TinySpeech.Model, seed: 2, normalizesInput: false);
        using var trainer = new MaskedTrainer(model, speech, TinySpeech.Books(speech), config, seed: 4, iteration: 1);
        trainer.Run(statePath, "Training", progress, cancellation);
        return (model.Fingerprint, [.. trainer.Steps.Select(step => step.Loss)], trainer.Steps);
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-9;

        public int GetHashCode(double value) => 0;
    }
}
