using Affect.Alignment;
using Affect.Data;
using Affect.Features;
using Affect.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Affect.Tests.Alignment;

public sealed class VisualAlignerTests
{
    private static readonly AlignmentConfig Config = new() { HiddenSize = 8, Heads = 2 };

    [Theory]
    [InlineData(AlignmentKind.Contrastive)]
    [InlineData(AlignmentKind.Cosine)]
    [InlineData(AlignmentKind.MeanSquaredError)]
    public void Every_loss_is_least_where_pictures_lie_on_their_sound(AlignmentKind kind)
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config with { Kind = kind }, inputSize: 3, outputSize: 5, seed: 1);
        var sound = randn([6, 5], generator: new Generator(1));
        var sources = arange(6, dtype: ScalarType.Int64);
        var there = aligner.Loss(sound, sound, sources).ToDouble();
        var elsewhere = aligner.Loss(sound.roll(1, 0), sound, sources).ToDouble();
        Assert.True(there < elsewhere - 0.1, $"{there} {elsewhere}");
        if (kind != AlignmentKind.Contrastive) Assert.Equal(0, there, 1e-6);
    }

    [Fact]
    public void Clips_of_one_source_are_not_each_others_negatives()
    {
        using var scope = NewDisposeScope();
        using var aligner = new VisualAligner(Config, inputSize: 3, outputSize: 5, seed: 1);
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
        using var aligner = new VisualAligner(Config with { Queue = 3 }, inputSize: 3, outputSize: 5, seed: 1) { FramesKey = "abc" };
        aligner.Save(folder.Path);
        using var again = VisualAligner.Load(folder.Path);
        Assert.Equal((aligner.Config, "abc"), (again.Config, again.FramesKey));
        Assert.Equal(aligner.Embed(table).Values, again.Embed(table).Values);
        File.WriteAllText(Path.Combine(folder.Path, "aligner.json"), "{}");
        Assert.Contains("must describe an aligner", Assert.Throws<FormatException>(() => VisualAligner.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embedding_leaves_the_mode_as_it_was_and_no_tensor_behind()
    {
        var table = new SequenceTable(["a", "b"], [[1, 2, 3, 4, 5, 6], [7, 8, 9]], dims: 3);
        using var aligner = new VisualAligner(Config, inputSize: 3, outputSize: 5, seed: 1);
        aligner.train();
        var first = aligner.Embed(table).Values;
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(first, aligner.Embed(table).Values); // no dropout
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(aligner.training);
        Assert.Contains("frames of 3 numbers", Assert.Throws<ArgumentException>(() => aligner.Embed(new SequenceTable(["a"], [[1, 2]], dims: 2))).Message, StringComparison.Ordinal);
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
}
