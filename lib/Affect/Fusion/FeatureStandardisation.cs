namespace Affect.Fusion;

/// <summary>Brings every feature to mean 0 and deviation 1, as measured on the clips that were learned from; kept with the model.</summary>
public sealed class FeatureStandardisation
{
    internal const string FileName = "standardisation.safetensors";

    private FeatureStandardisation(IReadOnlyList<string> modalities, float[][] means, float[][] deviations) => (Modalities, Means, Deviations) = (modalities, means, deviations);

    /// <summary>The modalities' names, in order.</summary>
    public IReadOnlyList<string> Modalities { get; }

    /// <summary>Per modality each feature's mean.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Means { get; }

    /// <summary>Per modality each feature's deviation; 1 where it does not vary.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Deviations { get; }

    /// <summary>Brings one clip's features of one modality to the measure, in place.</summary>
    /// <param name="modality">The modality's number.</param>
    /// <param name="values"><c>[dims]</c></param>
    public void Apply(int modality, Span<float> values)
    {
        var (means, deviations) = (Means[modality], Deviations[modality]);
        if (values.Length != means.Count) throw new ArgumentException($"values of {Modalities[modality]} must be {means.Count} numbers, but are {values.Length}.", nameof(values));
        for (var dim = 0; dim < values.Length; dim++) values[dim] = (values[dim] - means[dim]) / deviations[dim];
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="modalities">The modalities' names, in order.</param>
    /// <exception cref="FormatException">The file does not hold them.</exception>
    public static FeatureStandardisation Load(string folder, IReadOnlyList<string> modalities)
    {
        ArgumentNullException.ThrowIfNull(modalities);
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(folder, FileName));
        return new FeatureStandardisation(modalities, [.. modalities.Select(name => Read($"{name}.mean"))], [.. modalities.Select(name => Read($"{name}.deviation"))]);

        float[] Read(string name) => file.Entries.ContainsKey(name)
            ? file.Read(name).data<float>().ToArray()
            : throw new FormatException($"{file.Path} must hold '{name}', but does not.");
    }

    /// <summary>Writes means and deviations into a folder.</summary>
    public void Save(string folder)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        for (var m = 0; m < Modalities.Count; m++)
        {
            tensors[$"{Modalities[m]}.mean"] = tensor(Means[m].ToArray());
            tensors[$"{Modalities[m]}.deviation"] = tensor(Deviations[m].ToArray());
        }
        SafetensorsWriter.Write(Path.Combine(folder, FileName), tensors);
    }

    internal static FeatureStandardisation Of(IReadOnlyList<(ModalityFeatures Features, int[] Rows)> modalities)
    {
        var (means, deviations) = (new float[modalities.Count][], new float[modalities.Count][]);
        for (var m = 0; m < modalities.Count; m++)
        {
            var (features, rows) = modalities[m];
            var (sum, squares) = (new double[features.Dims], new double[features.Dims]);
            foreach (var row in rows)
            {
                var values = features.Row(row);
                for (var dim = 0; dim < values.Length; dim++) sum[dim] += values[dim];
            }
            var count = Math.Max(1, rows.Length);
            foreach (var row in rows)
            {
                var values = features.Row(row);
                for (var dim = 0; dim < values.Length; dim++) squares[dim] += Math.Pow(values[dim] - (sum[dim] / count), 2);
            }
            means[m] = [.. sum.Select(value => (float)(value / count))];
            deviations[m] = [.. squares.Select(value => Math.Sqrt(value / count) is > 1e-8 and var deviation ? (float)deviation : 1f)];
        }
        return new FeatureStandardisation([.. modalities.Select(entry => entry.Features.Modality)], means, deviations);
    }
}
