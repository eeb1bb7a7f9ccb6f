namespace Affect.Tests.Alignment;

[Collection(OwnGenerator.Name)]
public sealed class AlignmentTaskTests
{
    private static readonly AlignmentConfig Config = new() { Loss = new ContrastiveLoss(), HiddenSize = 16, Heads = 2, Layers = 1, Dropout = 0 };
    private static readonly TrainerConfig Short = new() { Epochs = 30, BatchSize = 16, LearningRate = 3e-3, Criterion = "mrr" };

    public static TheoryData<AlignmentLoss> Losses => [.. AlignmentLoss.All, new ContrastiveLoss { Queue = 8 }, new SignLoss { Margin = 1.5 }];

    [Theory, MemberData(nameof(Losses))]
    public void Pictures_that_tell_of_the_sound_come_to_find_it(AlignmentLoss loss)
    {
        using var clips = Planted(Config);
        var learn = clips.Where(clip => clip.Speaker != "s5");
        var unseen = clips.Where(clip => clip.Speaker == "s5");
        var (aligner, result) = VisualAlignment.Fit(clips, learn, Config with { Loss = loss }, Short);
        using (aligner)
        {
            var score = new AlignmentTask(aligner, clips, learn, unseen, seed: 1).Retrieve(unseen);
            Assert.True(score.RecallAt1 > 3 * score.Chance.RecallAt1, $"{loss}: {score}");
            Assert.Equal(score.Candidates[0], unseen.Count);
        }
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss);
    }

    [Fact]
    public void Sounds_that_have_nothing_to_do_with_the_pictures_are_not_found()
    {
        using var clips = Planted(Config, isRelated: false);
        var unseen = clips.Where(clip => clip.Speaker == "s5");
        var (aligner, _) = VisualAlignment.Fit(clips, clips.Where(clip => clip.Speaker != "s5"), Config, Short);
        using (aligner) Assert.InRange(new AlignmentTask(aligner, clips, [0, 1], unseen, seed: 1).Retrieve(unseen).RecallAt1, 0, 0.2);
    }

    [Fact]
    public void The_sound_stays_as_it_is_and_a_run_that_was_ended_goes_on_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        using var clips = Planted(Config);
        var config = Config with { Dropout = 0.1 };
        var trainer = Short with { Epochs = 4 };
        var learn = clips.Where(_ => true);
        using var scope = NewDisposeScope();
        var before = clips.Acoustic(learn);
        using var stop = new CancellationTokenSource();
        var ending = new Ending(steps: 7, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => VisualAlignment.Fit(clips, learn, config, trainer, runFolder: folder.Path, progress: ending, cancel: stop.Token));
        var (resumed, _) = VisualAlignment.Fit(clips, learn, config, trainer, runFolder: folder.Path);
        var (unbroken, _) = VisualAlignment.Fit(clips, learn, config, trainer);
        using (resumed)
        using (unbroken)
            Assert.Equal(unbroken.Predict(clips.Visual).Values, resumed.Predict(clips.Visual).Values);
        Assert.Equal(0, (before - clips.Acoustic(learn)).abs().max().ToDouble());
    }

    [Fact]
    public void Centred_speakers_have_sounds_of_mean_0()
    {
        using var scope = NewDisposeScope();
        using var clips = Planted(Config with { CentresSpeakers = true });
        foreach (var speaker in clips.Clips.Select(clip => clip.Speaker).Distinct())
            Assert.InRange(clips.Acoustic(clips.Where(clip => clip.Speaker == speaker)).mean(new long[] { 0 }).abs().max().ToDouble(), 0, 1e-5);
        Assert.Contains("'lone' has one", Assert.Throws<ArgumentException>(() => Planted(Config with { CentresSpeakers = true }, lone: true)).Message, StringComparison.Ordinal);
        using var plain = Planted(Config);
        Assert.True(plain.Acoustic(plain.Where(clip => clip.Speaker == "s1")).mean(new long[] { 0 }).abs().max().ToDouble() > 0.05);
    }

    [Fact]
    public void Sounds_are_standardised_by_the_clips_to_learn_from_alone()
    {
        using var scope = NewDisposeScope();
        using var clips = Planted(Config, standardisedBy: clip => clip.Speaker != "s5");
        var own = clips.Acoustic(clips.Where(clip => clip.Speaker != "s5"));
        Assert.Equal(0, own.mean(new long[] { 0 }).abs().max().ToDouble(), 1e-4);
        Assert.Equal(1, own.square().mean(new long[] { 0 }).max().ToDouble(), 1e-3);
        Assert.True(clips.Acoustic(clips.Where(_ => true)).mean(new long[] { 0 }).abs().max().ToDouble() > 0.01);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        using var clips = Planted(Config);
        using var other = new VisualAligner(Config, inputSize: 9, outputSize: 5, seed: 1);
        Assert.Contains("clips must have frames of 9", Assert.Throws<ArgumentException>(() => new AlignmentTask(other, clips, [0, 1], [], seed: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 clips", Assert.Throws<ArgumentException>(() => new AlignmentTask(other, clips, [0], [], seed: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 speakers", Assert.Throws<ArgumentException>(() => VisualAlignment.Fit(clips, clips.Where(clip => clip.Speaker == "s1"), Config, Short)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_tensors_return_to_where_they_were()
    {
        using var clips = Planted(Config);
        var learn = clips.Where(_ => true);
        VisualAlignment.Fit(clips, learn, Config, Short with { Epochs = 1 }).Aligner.Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        VisualAlignment.Fit(clips, learn, Config, Short with { Epochs = 2 }).Aligner.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // 100 clips of 5 speakers; the sound is a fixed map of the pictures' mean, or noise.
    private static AlignmentClips Planted(AlignmentConfig config, bool isRelated = true, bool lone = false, Func<Clip, bool>? standardisedBy = null)
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(3);
        var map = Enumerable.Range(0, 4 * 5).Select(_ => random.Normal()).ToArray();
        var (list, sequences, sounds) = (new List<Clip>(), new List<float[]>(), new List<float>());
        for (var i = 0; i < 100; i++)
        {
            var frames = 2 + i % 3;
            var mean = Enumerable.Range(0, 4).Select(_ => random.Normal()).ToArray();
            sequences.Add([.. Enumerable.Range(0, frames).SelectMany(_ => mean.Select(value => (float)(value + 0.1 * random.Normal())))]);
            for (var d = 0; d < 5; d++) sounds.Add((float)(isRelated ? Enumerable.Range(0, 4).Sum(j => mean[j] * map[j * 5 + d]) : random.Normal()) + i % 5);
            list.Add(new Clip { Id = FormattableString.Invariant($"clip {i}"), Speaker = lone && i == 0 ? "lone" : FormattableString.Invariant($"s{1 + i % 5}") });
        }
        var corpus = new Corpus("planted", ".", new EmotionSet(["a", "b"]), list);
        string[] ids = [.. list.Select(clip => clip.Id)];
        return new AlignmentClips(corpus, new SequenceTable(ids, sequences, dims: 4), ids, tensor(sounds.ToArray(), new long[] { 100, 5 }), config, standardisedBy);
    }

    private sealed class Ending(int steps, CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Done == steps) stop.Cancel();
        }
    }
}
