namespace Affect.Tests.Pretraining.Bert;

public sealed class ViewContrastTests
{
    [Fact]
    public void Texts_find_themselves_and_equal_ones_do_not_count_as_wrong()
    {
        using var scope = NewDisposeScope();
        var vectors = eye(3);
        var (aligned, right) = ViewContrast.Loss(vectors, vectors, ["a", "b", "c"], temperature: 0.1);
        Assert.Equal(1, right);
        Assert.True(aligned.ToSingle() < 1e-3);
        var (crossed, _) = ViewContrast.Loss(vectors, vectors.flip(0), ["a", "b", "c"], temperature: 0.1);
        Assert.True(crossed.ToSingle() > 1);
        // All the same text: nothing to be told apart from.
        var (same, all) = ViewContrast.Loss(vectors, vectors.flip(0), ["a", "a", "a"], temperature: 0.1);
        Assert.Equal(0, same.ToSingle(), tolerance: 1e-5);
        Assert.Equal(1, all);
    }
}
