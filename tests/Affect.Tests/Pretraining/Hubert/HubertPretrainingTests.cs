namespace Affect.Tests.Pretraining.Hubert;

public sealed class HubertPretrainingTests : IDisposable
{
    private static readonly HubertPretrainingConfig Tiny = new()
    {
        Model = TinySpeech.Model,
        Speech = new SpeechConfig { Hours = 0.008, ClipsPerCast = 24, SpeakersPerCast = 12 },
        Training = TinySpeech.Training,
        MfccClusters = 8,
        ProsodyClusters = 4,
        HiddenClusters = 6,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Interrupted_in_its_second_iteration_it_ends_with_the_network_of_an_unbroken_run()
    {
        var whole = HubertPretraining.Run(Tiny, folder.In("whole"), folder.In("whole.work"));
        Assert.Equal(["MFCC", "prosody"], whole.Iterations[0].Units.Select(units => units.Units));
        Assert.Equal(["layer 1", "prosody"], whole.Iterations[1].Units.Select(units => units.Units));
        Assert.All(whole.Iterations, iteration => Assert.Equal(TinySpeech.Training.Steps, iteration.Steps.Count));

        using var stop = new CancellationTokenSource();
        var stopper = new ImmediateProgress(progress => { if (progress.Task.StartsWith("Iteration 2", StringComparison.Ordinal) && progress.Done == 4) stop.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => HubertPretraining.Run(Tiny, folder.In("stopped"), folder.In("stopped.work"), stopper, cancellation: stop.Token));
        Assert.False(Directory.Exists(folder.In("stopped")));
        var resumed = HubertPretraining.Run(Tiny, folder.In("stopped"), folder.In("stopped.work"));
        Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
        Assert.Equal(File.ReadAllText(folder.In("whole/training.json")), File.ReadAllText(folder.In("stopped/training.json")));
        Assert.Equal(File.ReadAllBytes(folder.In("whole/model.safetensors")), File.ReadAllBytes(folder.In("stopped/model.safetensors")));

        var read = HubertPretrainingRecord.Read(folder.In("whole"));
        Assert.Equal(whole.Fingerprint, read.Fingerprint);
        Assert.Equal(MimicConfig.Version, read.MimicVersion);
        Assert.Equal(Tiny.Training, read.Recipe.Training);
        var (kept, told) = (read.Iterations[1].Steps, whole.Iterations[1].Steps);
        Assert.Equal(TinySpeech.Training.Steps, kept.Count);
        Assert.Equal([told.Loss, told.GradientNorm, .. told.Masked, .. told.Unmasked, .. told.Accuracy], [kept.Loss, kept.GradientNorm, .. kept.Masked, .. kept.Unmasked, .. kept.Accuracy]);
        using var model = HubertModel.FromPretrained(folder.In("whole"));
        Assert.Equal(whole.Fingerprint, model.Fingerprint);
        Assert.False(model.NormalizesInput);

        var other = Assert.Throws<ArgumentException>(() => HubertPretraining.Run(Tiny with { Seed = 2 }, folder.In("whole"), folder.In("whole.work")));
        Assert.Contains("must be empty or hold a run of the same recipe", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipes_that_do_not_fit_are_refused_before_anything_is_spoken()
    {
        string Message(HubertPretrainingConfig config) => Assert.ThrowsAny<ArgumentException>(() => HubertPretraining.Run(config, folder.In("out"), folder.In("work"))).Message;
        Assert.StartsWith("HiddenLayer must be at most the model's 2 layers, but is 3.", Message(Tiny with { HiddenLayer = 3 }), StringComparison.Ordinal);
        Assert.StartsWith("Model must have no dropout", Message(Tiny with { Model = TinySpeech.Model with { HiddenDropout = 0.1 } }), StringComparison.Ordinal);
        Assert.StartsWith("Pieces must be at most the 4 clips of a batch, but are 5.", Message(Tiny with { Training = TinySpeech.Training with { Pieces = 5 } }), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("work")));
    }

    [Fact]
    public void No_voice_of_the_held_out_corpus_is_heard()
    {
        var config = new SpeechConfig { Hours = 0.004, ClipsPerCast = 24, SpeakersPerCast = 12, Seed = 7 };
        using var speech = MimicSpeech.Speak(config, progress: null, CancellationToken.None);
        var heldOut = MimicSpeaker.Cast(new MimicConfig().Speakers, config.HeldOutSeed).Select(speaker => speaker.Voice).ToHashSet();
        var cast = MimicSpeaker.Cast(6, 7);
        Assert.Contains(cast, speaker => heldOut.Contains(speaker.Voice));    // or the test would show nothing
        Assert.All(speech.Speakers, speaker => Assert.DoesNotContain(cast[(int)(speaker % 1000) - 1].Voice, heldOut));
        Assert.InRange(speech.Hours, 0.004, 0.008);
        var error = Assert.Throws<ArgumentException>(() => MimicSpeech.Speak(config with { Seed = 1 }, progress: null, CancellationToken.None));
        Assert.StartsWith("Seed must lead to casts other than that of HeldOutSeed = 1, but cast 1 has it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(8000)]
    [InlineData(16_345)]
    public void Units_are_made_of_as_many_frames_as_the_network_has(int samples)
    {
        using var scope = NewDisposeScope();
        using var waveform = randn(samples, generator: new Generator(1)) * 0.1;
        var frames = TinySpeech.Model.Frames(samples);
        using var model = HubertModel.Random(TinySpeech.Model, seed: 1);
        Assert.Equal(new[] { frames, 39 }, FrameFeatures.Mfcc(waveform).shape);
        Assert.Equal(new[] { frames, 3 }, FrameFeatures.Prosody(waveform).shape);
        Assert.Equal(new[] { frames, 16 }, FrameFeatures.Hidden(model, waveform, layer: 1).shape);
    }

    [Fact]
    public void A_damaged_record_is_told_of()
    {
        Directory.CreateDirectory(folder.In("bad"));
        Assert.StartsWith(folder.In("bad"), Assert.Throws<FileNotFoundException>(() => HubertPretrainingRecord.Read(folder.In("bad"))).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.In("bad/training.json"), "{\"recipe\": {}}");
        Assert.Contains("is not a record of a pretraining", Assert.Throws<FormatException>(() => HubertPretrainingRecord.Read(folder.In("bad"))).Message, StringComparison.Ordinal);
    }
}
