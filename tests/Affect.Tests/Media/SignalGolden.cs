namespace Affect.Tests.Media;

/// <summary>What an independent implementation makes of one second of sound.</summary>
internal static class SignalGolden
{
    internal static Tensor Read(string name)
    {
        using var file = SafetensorsFile.Open(Repository.Golden("signal", "signal.safetensors"));
        return file.Read(name);
    }

    internal static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var worst = (expected - actual).abs().max().ToDouble();
        Assert.True(worst <= tolerance, $"differs by {worst:g3}, more than {tolerance:g3}");
    }

    /// <summary>Runs a computation and fails if it leaves a tensor behind, also when it throws.</summary>
    internal static void AssertKeepsNothing(Action computation, Action failing)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
        {
            using var scope = NewDisposeScope();
            computation();
            Assert.ThrowsAny<ArgumentException>(failing);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    internal static Tensor Noise(params long[] shape)
    {
        var random = new Random(3);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
        return tensor(values, shape, dtype: ScalarType.Float32);
    }
}
