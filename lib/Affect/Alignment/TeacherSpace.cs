namespace Affect.Alignment;

/// <summary>The frozen space that pictures are brought into: clips' acoustic states, each dimension at mean 0 and deviation 1 over the clips aligned on.</summary>
/// <remarks>Pooled states of a speech network all point the same way; without the standardisation (ours) every cosine would be near 1.</remarks>
public sealed class TeacherSpace : IDisposable
{
    private readonly Tensor mean;      // [dims]
    private readonly Tensor deviation; // [dims]

    internal TeacherSpace(Tensor mean, Tensor deviation) => (this.mean, this.deviation) = (mean, deviation);

    /// <summary>How many numbers a clip has.</summary>
    public int Dims => (int)mean.shape[0];

    internal Tensor Mean => mean;

    internal Tensor Deviation => deviation;

    /// <summary>Measures means and deviations.</summary>
    /// <param name="states"><c>[clips, dims]</c>, at least two clips.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public static TeacherSpace Of(Tensor states)
    {
        states.Shape([-1, -1], "[clips, dims]");
        if (states.shape[0] < 2) throw new ArgumentException($"states must hold at least 2 clips to be standardised by, but hold {states.shape[0]}.", nameof(states));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var wide = states.detach().to(ScalarType.Float64);
        var centre = wide.mean(new long[] { 0 });
        var spread = (wide - centre).square().mean(new long[] { 0 }).sqrt();
        var steady = spread.masked_fill(spread.lt(1e-8), 1); // what never varies stays 0
        return new TeacherSpace(centre.to(ScalarType.Float32).DetachFromDisposeScope(), steady.to(ScalarType.Float32).DetachFromDisposeScope());
    }

    /// <summary>States in this space.</summary>
    /// <param name="states"><c>[clips, dims]</c></param>
    /// <returns><c>[clips, dims]</c></returns>
    public Tensor Place(Tensor states)
    {
        states.Shape([-1, Dims], "[clips, dims]");
        using var scope = NewDisposeScope();
        return ((states - mean) / deviation).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        mean.Dispose();
        deviation.Dispose();
    }
}
