namespace Affect.Tests.Tensors;

public sealed class FrozenWeightTests
{
    [Fact]
    public void It_is_computed_once_while_its_source_is_frozen_and_unchanged()
    {
        using var scope = NewDisposeScope();
        var source = arange(1000, dtype: ScalarType.Float32);
        var computed = 0;
        using var weight = new FrozenWeight(() =>
        {
            computed++;
            return source * 2;
        });

        Assert.Equal(2, weight.Get(source)[1].ToSingle());
        _ = weight.Get(source);
        Assert.Equal(1, computed);

        source.add_(1);
        Assert.Equal(4, weight.Get(source)[1].ToSingle());
        Assert.Equal(2, computed);
    }

    [Fact]
    public void It_is_computed_anew_while_its_source_trains_and_after()
    {
        using var scope = NewDisposeScope();
        var source = ones(4);
        using var weight = new FrozenWeight(() => source * 2);
        _ = weight.Get(source);
        source.requires_grad = true;
        var training = weight.Get(source);
        Assert.True(training.requires_grad);
        training.sum().backward();
        Assert.Equal(2, source.grad!.max().ToSingle());
    }

    [Fact]
    public void What_was_computed_in_inference_mode_can_be_used_in_training()
    {
        using var scope = NewDisposeScope();
        var source = ones(4);
        using var weight = new FrozenWeight(() => source * 2);
        using (inference_mode()) _ = weight.Get(source);
        var input = ones([4]).requires_grad_();
        (input * weight.Get(source)).sum().backward();
        Assert.Equal(2, input.grad!.max().ToSingle());
    }
}
