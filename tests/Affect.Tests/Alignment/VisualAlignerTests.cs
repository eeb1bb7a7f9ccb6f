namespace Affect.Tests.Alignment;

public sealed class VisualAlignerTests
{
    private static readonly AlignmentConfig Config = new() { HiddenSize = 8, Heads = 2 };

    [Theory]
    [InlineData("contrastive")]
    [InlineData("soft")]
    [InlineData("cosine")]
    [InlineData("mse")]
    public void Every_loss_is_least_where_pictures_lie_on_their_sound(string loss)
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config with { Loss = Find(loss) }, inputSize: 3, outputSize: 5, seed: 1);
        var sound = randn([6, 5], generator: new Generator(1));
        var sources = arange(6, dtype: ScalarType.Int64);
        var there = aligner.Loss(sound, sound, sources).ToDouble();
        var elsewhere = aligner.Loss(sound.roll(1, 0), sound, sources).ToDouble();
        Assert.True(there < elsewhere - 0.1, $"{there} {elsewhere}");
        if (loss is "cosine" or "mse") Assert.Equal(0, there, 1e-6);
    }

    // v = [[1,.5,-.3],[.2,-1,.4],[-.6,.1,.9],[.3,.8,-.5]], a = [[.9,.1,-.2],[.7,.3,-.4],[-.5,.6,.8],[.1,-.9,.2]], tau = .2, and in numpy
    //   unit = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True); lsm = lambda x: x - np.log(np.exp(x).sum(1, keepdims=True))
    //   s = unit(v) @ unit(a).T / tau
    // contrastive: -(np.diag(lsm(s)).mean() + np.diag(lsm(s.T)).mean()) / 2
    // soft:        q = np.exp(lsm(unit(a) @ unit(a).T / .5)); -(q * (lsm(s) + lsm(s.T))).sum(1).mean() / 2
    // cosine:      1 - (unit(v) * unit(a)).sum(1).mean()
    // mse:         ((v - a) ** 2).mean()
    [Theory]
    [InlineData("contrastive", 4.001046117930208)]
    [InlineData("soft", 3.78237013768965)]
    [InlineData("cosine", 0.8425005486911563)]
    [InlineData("mse", 0.5375)]
    public void Every_loss_is_that_of_its_formula_and_its_gradients_are_finite(string name, double expected)
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config with { Loss = Find(name), Temperature = 0.2 }, inputSize: 3, outputSize: 3, seed: 1);
        var visual = Matrix([1, 0.5f, -0.3f, 0.2f, -1, 0.4f, -0.6f, 0.1f, 0.9f, 0.3f, 0.8f, -0.5f]).requires_grad_();
        var sound = Matrix([0.9f, 0.1f, -0.2f, 0.7f, 0.3f, -0.4f, -0.5f, 0.6f, 0.8f, 0.1f, -0.9f, 0.2f]).requires_grad_();
        var loss = aligner.Loss(visual, sound, arange(4, dtype: ScalarType.Int64));
        Assert.Equal(expected, loss.ToDouble(), 1e-5);
        loss.backward();
        Assert.True(visual.grad!.isfinite().all().ToBoolean());
        Assert.True(visual.grad!.abs().max().ToDouble() > 0.01);
        Assert.True(sound.grad is null || sound.grad.abs().max().ToDouble() == 0, "the teacher stays as it is");
    }

    [Fact]
    public void Clips_of_one_source_count_for_each_other_in_no_direction_of_the_soft_loss()
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config with { Loss = new SoftContrastiveLoss { TargetTemperature = 0.5 }, Temperature = 0.2 }, inputSize: 3, outputSize: 3, seed: 1);
        var visual = Matrix([1, 0.5f, -0.3f, 0.2f, -1, 0.4f, -0.6f, 0.1f, 0.9f, 0.3f, 0.8f, -0.5f]).requires_grad_();
        var sound = Matrix([0.9f, 0.1f, -0.2f, 0.7f, 0.3f, -0.4f, -0.5f, 0.6f, 0.8f, 0.1f, -0.9f, 0.2f]);
        var loss = aligner.Loss(visual, sound, tensor(new long[] { 7, 7, 1, 2 }));
        Assert.Equal(3.7707343425518687, loss.ToDouble(), 1e-5); // the formula above with s and q at -1e30 where clips 0 and 1 meet
        loss.backward();
        Assert.True(visual.grad!.isfinite().all().ToBoolean());
    }

    [Fact]
    public void Clips_that_sound_alike_are_not_pushed_apart_by_the_soft_loss()
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config with { Loss = new SoftContrastiveLoss { TargetTemperature = 0.1 }, Temperature = 0.1 }, inputSize: 3, outputSize: 3, seed: 1);
        var sound = Matrix([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]);
        var visual = sound.clone().requires_grad_();
        var loss = aligner.Loss(visual, sound, arange(4, dtype: ScalarType.Int64));
        loss.backward();
        Assert.Equal(Math.Log(2), loss.ToDouble(), 1e-2); // the entropy of two alike: the least there can be
        Assert.Equal(0, visual.grad!.abs().max().ToDouble(), 1e-6);
    }

    [Fact]
    public void Clips_of_one_source_are_not_each_others_negatives()
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config with { Loss = new ContrastiveLoss() }, inputSize: 3, outputSize: 5, seed: 1);
        var (visual, sound) = (randn([4, 5], generator: new Generator(1)), randn([4, 5], generator: new Generator(2)));
        Assert.Equal(0, aligner.Loss(visual, sound, zeros(4, dtype: ScalarType.Int64)).ToDouble(), 1e-6);
        Assert.True(aligner.Loss(visual, sound, arange(4, dtype: ScalarType.Int64)).ToDouble() > 0.5);
    }

    [Fact]
    public void The_temperature_stays_within_its_bounds()
    {
        using var aligner = new VisualAligner(Config with { Temperature = 0.5, LeastTemperature = 0.05 }, inputSize: 3, outputSize: 5, seed: 1);
        Assert.Equal(0.5, aligner.Temperature, 1e-6);
        var scale = aligner.named_parameters().First(one => one.name == "logit_scale").parameter;
        using (no_grad()) scale.fill_(100);
        Assert.Equal(0.05, aligner.Temperature, 1e-6);
        using (no_grad()) scale.fill_(-100);
        Assert.Equal(1, aligner.Temperature, 1e-6);
    }

    [Fact]
    public void What_is_saved_loads_as_the_same_aligner()
    {
        using var folder = new TemporaryFolder();
        var table = new SequenceTable(["a", "b"], [[1, 2, 3, 4, 5, 6], [7, 8, 9]], dims: 3);
        using var aligner = new VisualAligner(Config with { Loss = new ContrastiveLoss { Queue = 3 } }, inputSize: 3, outputSize: 5, seed: 1) { FramesKey = "abc" };
        aligner.Save(folder.Path);
        using var again = VisualAligner.Load(folder.Path);
        Assert.Equal((aligner.Config, "abc"), (again.Config, again.FramesKey));
        Assert.Equal(aligner.Predict(table).Values, again.Predict(table).Values);
        File.WriteAllText(Path.Combine(folder.Path, "aligner.json"), "{}");
        Assert.Contains("must describe an aligner", Assert.Throws<FormatException>(() => VisualAligner.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_of_ones_own_is_kept_with_its_settings_and_must_be_given_to_load_it()
    {
        using var folder = new TemporaryFolder();
        using var aligner = new VisualAligner(Config with { Loss = new SignLoss { Margin = 2 } }, inputSize: 3, outputSize: 5, seed: 1);
        aligner.Save(folder.Path);
        using var again = VisualAligner.Load(folder.Path, losses: [new SignLoss()]);
        Assert.Equal(new SignLoss { Margin = 2 }, again.Config.Loss);
        Assert.Contains("'SignLoss'", Assert.Throws<FormatException>(() => VisualAligner.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"margin\": 2", "\"brim\": 2.0", "brim")]
    [InlineData("\"margin\": 2", "\"margin\": \"wide\"", "margin")]
    [InlineData("\"name\": \"SignLoss\"", "\"name\": 3", "'name'")]
    [InlineData("\"input_size\": 3", "\"input_size\": 0", "aligner.json")]
    [InlineData("\"heads\": 2", "\"heads\": 3", "aligner.json")]
    [InlineData("\"centres_speakers\"", "\"centers_speakers\"", "centers_speakers")]
    public void A_file_that_says_what_nobody_understands_is_refused(string here, string there, string named)
    {
        using var folder = new TemporaryFolder();
        using var aligner = new VisualAligner(Config with { Loss = new SignLoss { Margin = 2 } }, inputSize: 3, outputSize: 5, seed: 1);
        aligner.Save(folder.Path);
        var path = Path.Combine(folder.Path, "aligner.json");
        var text = File.ReadAllText(path);
        Assert.Contains(here, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(here, there, StringComparison.Ordinal));
        Assert.Contains(named, Assert.Throws<FormatException>(() => VisualAligner.Load(folder.Path, losses: [new SignLoss()])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embedding_leaves_the_mode_as_it_was_and_no_tensor_behind()
    {
        var table = new SequenceTable(["a", "b"], [[1, 2, 3, 4, 5, 6], [7, 8, 9]], dims: 3);
        using var aligner = new VisualAligner(Config, inputSize: 3, outputSize: 5, seed: 1);
        aligner.train();
        var first = aligner.Predict(table).Values;
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(first, aligner.Predict(table).Values); // no dropout
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(aligner.training);
        Assert.Contains("frames of 3 numbers", Assert.Throws<ArgumentException>(() => aligner.Predict(new SequenceTable(["a"], [[1, 2]], dims: 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_is_a_session_where_there_are_any_and_otherwise_a_clip_of_its_own()
    {
        Clip[] clips =
        [
            new() { Id = "1", Speaker = "anna", Session = "x" }, new() { Id = "2", Speaker = "ben", Session = "x" }, new() { Id = "3", Speaker = "anna" }, new() { Id = "4", Speaker = "anna" },
        ];
        Assert.Equal([0L, 0, 1, 2], Sources.Of(clips, NegativeSource.Session));
        Assert.Equal([0L, 1, 2, 3], Sources.Of(clips, NegativeSource.Clip));
        Assert.Equal([0L, 1, 0, 0], Sources.Of(clips, NegativeSource.Speaker));
    }

    [Fact]
    public void The_teachers_space_has_mean_0_and_deviation_1_and_survives_a_dimension_that_never_varies()
    {
        using var scope = NewDisposeScope();
        var states = randn([50, 3], generator: new Generator(1)) * 7 + 100;
        states.select(1, 2).fill_(5);
        using var space = TeacherSpace.Of(states);
        var placed = space.Place(states);
        Assert.Equal(0, placed.mean(new long[] { 0 }).abs().max().ToDouble(), 1e-4);
        Assert.Equal([1.0, 1, 0], placed.square().mean(new long[] { 0 }).data<float>().ToArray().Select(value => Math.Round(value, 4)));
    }

    // With the settings that the figures above are of.
    private static AlignmentLoss Find(string name) =>
        name == "soft" ? new SoftContrastiveLoss { TargetTemperature = 0.5 } : AlignmentLoss.All.Single(loss => loss.Name == name);

    private static Tensor Matrix(float[] values) => tensor(values, new long[] { 4, 3 });
}
