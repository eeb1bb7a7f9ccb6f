namespace Affect.Tests.Alignment.Losses;

public sealed class InfoNceTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void The_symmetric_loss_and_its_gradients_are_those_on_record()
    {
        using var scope = NewDisposeScope();
        using var golden = SafetensorsFile.Open(Repository.Golden("losses", "case.safetensors"));
        var (image, text, scale) = (Leaf(golden, "clip.image"), Leaf(golden, "clip.text"), Leaf(golden, "clip.logit_scale"));
        var loss = InfoNce.Symmetric(image, text, scale);
        loss.backward();
        Near(golden, "clip.loss", loss.reshape(1));
        Near(golden, "clip.grad.image", image.grad!);
        Near(golden, "clip.grad.text", text.grad!);
        Near(golden, "clip.grad.logit_scale", scale.grad!);
    }

    [Fact]
    public void The_loss_within_a_batch_and_its_gradients_are_those_on_record()
    {
        using var scope = NewDisposeScope();
        using var golden = SafetensorsFile.Open(Repository.Golden("losses", "case.safetensors"));
        var (query, positive) = (Leaf(golden, "query"), Leaf(golden, "positive"));
        var loss = InfoNce.InBatch(query, positive, temperature: 0.05);
        loss.backward();
        Near(golden, "in_batch.loss", loss.reshape(1));
        Near(golden, "in_batch.grad.query", query.grad!);
        Near(golden, "in_batch.grad.positive", positive.grad!);
    }

    [Fact]
    public void A_perturbed_vector_is_noticed()
    {
        using var scope = NewDisposeScope();
        using var golden = SafetensorsFile.Open(Repository.Golden("losses", "case.safetensors"));
        var loss = InfoNce.Symmetric(golden.Read("clip.image") + 0.05, golden.Read("clip.text"), golden.Read("clip.logit_scale"));
        Assert.True(Math.Abs(loss.ToDouble() - golden.Read("clip.loss").ToDouble()) > 10 * Tolerance);
    }

    [Fact]
    public void Forbidden_rows_are_nobodys_negatives()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (randn([4, 6], generator: new Generator(1)), randn([4, 6], generator: new Generator(2)));
        var scale = zeros(1);
        // Rows 2 and 3 may be compared with none but themselves: what is left are rows 0 and 1.
        var forbidden = tensor(new long[] { 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 4, 4 }).ne(0);
        var expected = InfoNce.Symmetric(first.narrow(0, 0, 2), second.narrow(0, 0, 2), scale).ToDouble() * 2 / 4; // their own partner costs the others nothing
        Assert.Equal(expected, InfoNce.Symmetric(first, second, scale, forbidden).ToDouble(), 1e-5);
        Assert.NotEqual(expected, InfoNce.Symmetric(first, second, scale).ToDouble(), 1e-3);
    }

    [Fact]
    public void A_queue_adds_negatives_unless_they_are_forbidden()
    {
        using var scope = NewDisposeScope();
        var (first, second, queue) = (randn([3, 6], generator: new Generator(1)), randn([3, 6], generator: new Generator(2)), randn([5, 6], generator: new Generator(3)));
        var scale = zeros(1);
        var without = InfoNce.Symmetric(first, second, scale).ToDouble();
        Assert.True(InfoNce.Symmetric(first, second, scale, queue: queue).ToDouble() > without + 0.1);
        var all = ones(3, 5, dtype: ScalarType.Int64).ne(0);
        Assert.Equal(without, InfoNce.Symmetric(first, second, scale, queue: queue, forbiddenQueue: all).ToDouble(), 1e-6);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        Assert.StartsWith("second must be [pairs, dims] = [3, 4]", Assert.Throws<ArgumentException>(() => InfoNce.Symmetric(zeros(3, 4), zeros(3, 5), zeros(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("forbidden must be [pairs, pairs] = [3, 3]", Assert.Throws<ArgumentException>(() => InfoNce.Symmetric(zeros(3, 4), zeros(3, 4), zeros(1), zeros(3, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var first = rand(3, 4);
        using var second = rand(3, 4);
        using var scale = zeros(1);
        using var wrong = rand(2, 4);
        InfoNce.Symmetric(first, second, scale).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) InfoNce.Symmetric(first, second, scale).Dispose();
        for (var i = 0; i < 10; i++) Assert.Throws<ArgumentException>(() => InfoNce.Symmetric(first, wrong, scale));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Parameter Leaf(SafetensorsFile golden, string name) => nn.Parameter(golden.Read(name));

    private static void Near(SafetensorsFile golden, string name, Tensor ours) =>
        Assert.InRange((golden.Read(name) - ours).abs().max().ToDouble(), 0, Tolerance);
}
