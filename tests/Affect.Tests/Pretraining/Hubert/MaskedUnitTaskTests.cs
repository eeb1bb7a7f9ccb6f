namespace Affect.Tests.Pretraining.Hubert;

public sealed class MaskedUnitTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SpeechCollection tones = TinySpeech.Tones();

    public void Dispose()
    {
        tones.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_run_that_goes_on_takes_the_steps_of_one_that_never_stopped()
    {
        var whole = Train(TinySpeech.Training, "whole");
        foreach (var stopAfter in new[] { 1, 5 })
        {
            var broken = $"stopped after {stopAfter}";
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => Train(TinySpeech.Training, broken, ImmediateProgress.Cancelling(stop, stopAfter), stop.Token));
            var resumed = Train(TinySpeech.Training, broken);
            Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
            Assert.Equal(whole.Steps.Select(Numbers), resumed.Steps.Select(Numbers));
        }

        static string Numbers(StepRecord step) => $"{step.Step} {step.Loss:R} {step.GradientNorm:R} {step.Rate:R} {string.Join(' ', step.Parts)}";
    }

    [Fact]
    public void A_killed_run_goes_on_from_its_last_save()
    {
        var whole = Train(TinySpeech.Training, "whole");
        // Killed at step 5: what is there is the save of step 3.
        var kill = new ImmediateProgress(progress => { if (progress.Done == 5) throw new InvalidOperationException("killed"); });
        Assert.Throws<InvalidOperationException>(() => Train(TinySpeech.Training, "killed", kill));
        long? resumedFrom = null;
        var resumed = Train(TinySpeech.Training, "killed", new ImmediateProgress(progress => resumedFrom ??= progress.Resumed));
        Assert.Equal(3, resumedFrom);
        Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
    }

    [Fact]
    public void Steps_lower_the_loss()
    {
        var losses = Train(TinySpeech.Training with { Steps = 60, WarmUpSteps = 5 }, "run").Steps.Select(step => step.Loss).ToArray();
        Assert.Equal(60, losses.Length);
        Assert.True(losses.TakeLast(10).Average() < 0.6 * losses.Take(5).Average(), $"from {losses.Take(5).Average():0.00} to {losses.TakeLast(10).Average():0.00}");
    }

    [Fact]
    public void A_batch_in_pieces_gives_the_gradient_of_the_whole()
    {
        var whole = Train(TinySpeech.Training with { Steps = 1, Pieces = 1 }, "whole").Steps[0];
        foreach (var pieces in new[] { 2, 3, 4 })
        {
            var divided = Train(TinySpeech.Training with { Steps = 1, Pieces = pieces }, $"{pieces} pieces").Steps[0];
            Assert.Equal(whole.Loss, divided.Loss, 1e-4);
            Assert.Equal(whole.GradientNorm, divided.GradientNorm, 1e-4);
            Assert.Equal(whole.Parts["accuracy tones"], divided.Parts["accuracy tones"], 1e-6);
        }
    }

    [Fact]
    public void The_rate_rises_to_its_peak_and_falls_to_nothing()
    {
        var config = new MaskedTrainingConfig { Steps = 100, WarmUpSteps = 10, PeakRate = 1 };
        foreach (var (step, rate) in ((int, double)[])[(1, 0.1), (5, 0.5), (10, 1), (11, 90 / 91.0), (100, 1 / 91.0)]) Assert.Equal(rate, config.ForTrainer(seed: 1).RateAt(step, 100), 1e-9);
        Assert.Equal(0.5, (config with { WarmUpSteps = 200 }).ForTrainer(seed: 1).RateAt(100, 100), 1e-9);
    }

    [Fact]
    public void Another_training_in_the_folder_and_crops_longer_than_any_clip_are_refused()
    {
        Train(TinySpeech.Training with { Steps = 3 }, "run");
        var other = Assert.Throws<FormatException>(() => Train(TinySpeech.Training with { Steps = 3, EmbeddingSize = 9 }, "run"));
        Assert.Contains("holds one of other settings or data", other.Message, StringComparison.Ordinal);
        var tooLong = Assert.Throws<ArgumentException>(() => Train(TinySpeech.Training with { CropSeconds = 3 }, "long"));
        Assert.StartsWith("CropSeconds must be at most the length of the longest clip, but is 3 s", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_crop_is_drawn_with_the_units_of_its_own_frames()
    {
        var speech = new PretrainingSpeech(tones, TinySpeech.Model, normalises: false);
        var sampler = new CropSampler(speech, TinySpeech.Books(speech), TinySpeech.Training with { BatchClips = 64 }, TinySpeech.Model);
        using var scope = NewDisposeScope();
        var (waveforms, hidden, units) = sampler.Draw(new SeededRandom(3));
        Assert.Equal(new long[] { 64, 8000 }, waveforms.shape);
        Assert.Equal(new long[] { 64, 24 }, hidden.shape);
        // The units were made from the sound; made again from the crop they must be the same.
        using var crops = SpeechCollection.Of([.. Enumerable.Range(0, 64).Select(row => waveforms[row].contiguous().data<float>().ToArray())], new long[64], new long[64]);
        Assert.Equal(TinySpeech.Books(new PretrainingSpeech(crops, TinySpeech.Model, normalises: false))[0].Units.Select(unit => (long)unit), units[0].data<long>().ToArray());
    }

    private (string Fingerprint, IReadOnlyList<StepRecord> Steps) Train(MaskedTrainingConfig config, string run, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default) =>
        TinySpeech.Train(tones, config, folder.In(run), progress, cancel);
}
