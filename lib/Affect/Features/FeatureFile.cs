namespace Affect.Features;

/// <summary>One clip's features as a safetensors file that says whose they are.</summary>
internal static class FeatureFile
{
    internal const string Extension = ".safetensors";
    private const string TensorName = "features";

    /// <summary>Writes a file wholly or not at all.</summary>
    /// <param name="path">Where.</param>
    /// <param name="clip">Whose features.</param>
    /// <param name="values"><c>[layers, dims]</c>, row-major.</param>
    /// <param name="layers">How many layers.</param>
    internal static void Write(string path, StoredClip clip, float[] values, int layers)
    {
        using var scope = NewDisposeScope();
        var features = tensor(values, new long[] { layers, values.Length / layers });
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor> { [TensorName] = features }, new Dictionary<string, string>
        {
            ["clip"] = clip.Id,
            ["media_sha256"] = clip.MediaHash,
            ["samples"] = clip.Samples.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Reads a clip's features.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">What they must be.</param>
    /// <param name="into"><c>[layers, dims]</c>, row-major.</param>
    /// <exception cref="FormatException">The file is damaged or holds something else.</exception>
    internal static void Read(string path, FeatureRecipe recipe, Span<float> into)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        if (!file.Entries.TryGetValue(TensorName, out var entry) || entry.Type != ScalarType.Float32 || !entry.Shape.SequenceEqual([recipe.Layers, recipe.Dims]))
        {
            throw new FormatException(FormattableString.Invariant(
                $"{path} must hold '{TensorName}' as float32 [{recipe.Layers}, {recipe.Dims}], but does not. Delete it and extract again."));
        }
        file.Read(TensorName).data<float>().ToArray().CopyTo(into);
    }

    /// <summary>Whose features a file holds.</summary>
    /// <exception cref="FormatException">The file is damaged or does not say.</exception>
    internal static StoredClip Describe(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.TryGetValue("clip", out var id)
            && file.Metadata.TryGetValue("media_sha256", out var hash)
            && file.Metadata.TryGetValue("samples", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var samples))
        {
            return new StoredClip(id, hash, samples);
        }
        throw new FormatException($"{path} must say whose features it holds (metadata clip, media_sha256, samples), but does not. Delete it and extract again.");
    }
}
