namespace Affect.Prediction;

/// <summary>Tells pictures that look like those learned from, from others, as a wall, a landscape or a black frame.</summary>
/// <remarks>
/// The Mahalanobis distance of a frame's feature from those learned from (Lee et al., arXiv:1807.03888, one class); a frame is known where it lies no
/// further out than 1.5 times what 999 of 1000 learned frames do (ours). A face detector would say more; none is here.
/// </remarks>
internal sealed class FrameNovelty
{
    private const string FileName = "pictures.safetensors";
    private const double KnownQuantile = 0.999;
    private const double Slack = 1.5;
    private const double LeastKnown = 0.5;
    private const double Shrinkage = 1e-3; // of the mean variance, so that directions without any do not count for everything

    private readonly float[] mean;
    private readonly float[] precision; // [dims, dims]
    private readonly double limit;

    private FrameNovelty(float[] mean, float[] precision, double limit) => (this.mean, this.precision, this.limit) = (mean, precision, limit);

    internal static FrameNovelty Of(SequenceTable table)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var frames = Guarded.Join([.. Enumerable.Range(0, table.ClipIds.Count).Select(clip => Frames(table, clip))], 0); // [frames, dims]
        var centre = frames.mean(new long[] { 0 });
        var spread = frames - centre;
        var covariance = spread.T.Times(spread) / frames.shape[0];
        var ridge = spread.pow(2).mean() * Shrinkage + 1e-12;
        var inverse = linalg.inv(covariance + eye(table.Dims, dtype: ScalarType.Float64) * ridge);
        double[] distances = [.. Distances(frames, centre, inverse).Order()];
        return new FrameNovelty(Values(centre), Values(inverse), Slack * distances[(int)(KnownQuantile * (distances.Length - 1))]);
    }

    internal static FrameNovelty? TryLoad(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        return new FrameNovelty(file.Read("mean").data<float>().ToArray(), file.Read("precision").flatten().data<float>().ToArray(), file.Read("limit").data<double>()[0]);
    }

    internal void Save(string folder)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(Path.Combine(folder, FileName), new Dictionary<string, Tensor>
        {
            ["mean"] = tensor(mean),
            ["precision"] = tensor(precision, new long[] { mean.Length, mean.Length }),
            ["limit"] = tensor(new[] { limit }),
        });
    }

    /// <summary>Whether at least half of a clip's frames look like those learned from.</summary>
    internal bool IsKnown(SequenceTable table, int clip)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var distances = Distances(
            Frames(table, clip), tensor(mean).to(ScalarType.Float64), tensor(precision, new long[] { mean.Length, mean.Length }).to(ScalarType.Float64));
        return distances.Average(distance => distance <= limit ? 1.0 : 0.0) >= LeastKnown;
    }

    private static Tensor Frames(SequenceTable table, int clip) =>
        tensor(table.Sequence(clip).ToArray(), new long[] { table.Frames(clip), table.Dims }).to(ScalarType.Float64);

    private static double[] Distances(Tensor frames, Tensor centre, Tensor inverse)
    {
        var away = frames - centre;
        return (away.Times(inverse) * away).sum(new long[] { 1 }).clamp_min(0).sqrt().data<double>().ToArray();
    }

    private static float[] Values(Tensor tensor) => tensor.to(ScalarType.Float32).contiguous().flatten().data<float>().ToArray();
}
