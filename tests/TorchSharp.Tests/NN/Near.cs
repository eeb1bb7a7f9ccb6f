using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

/// <summary>Assertions about tensors.</summary>
internal static class Near
{
    /// <summary>Same shape, and no element further away than the tolerance.</summary>
    public static void Equal(Tensor expected, Tensor actual, double tolerance = 2e-6, string? what = null)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        Assert.True(expected.shape.SequenceEqual(actual.shape), $"{what} should have the shape [{string.Join(", ", expected.shape)}], but has [{string.Join(", ", actual.shape)}].");
        if (expected.numel() == 0) return;
        var difference = (expected.to(ScalarType.Float64) - actual.to(ScalarType.Float64)).abs().max().ToDouble();
        Assert.True(difference <= tolerance, $"{what} differs by {difference}.");
    }

    /// <summary>Every element the same.</summary>
    public static void Same(Tensor expected, Tensor actual, string? what = null) => Equal(expected, actual, tolerance: 0, what);
}
