namespace Affect.Tests.Encoders;

/// <summary>A golden folder with one tensor that is a little off: a check that does not notice checks nothing.</summary>
internal static class PerturbedGolden
{
    /// <summary>Copies a golden folder with one weight changed.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The golden folder's name.</param>
    /// <param name="weight">The weight's name in its <c>model.safetensors</c>.</param>
    internal static void Write(string folder, string name, string weight)
    {
        foreach (var file in new[] { "config.json", "case.safetensors" }) File.Copy(Repository.Golden(name, file), Path.Combine(folder, file));
        Change(folder, name, "model.safetensors", weight, tensor => tensor * 1.05 + 0.01);
    }

    /// <summary>Copies a golden folder with one recorded tensor changed by a hundredth.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The golden folder's name.</param>
    /// <param name="recorded">The tensor's name in its <c>case.safetensors</c>.</param>
    internal static void WriteCase(string folder, string name, string recorded)
    {
        foreach (var file in new[] { "config.json", "model.safetensors" }) File.Copy(Repository.Golden(name, file), Path.Combine(folder, file));
        Change(folder, name, "case.safetensors", recorded, tensor => tensor * 1.01);
    }

    private static void Change(string folder, string name, string file, string key, Func<Tensor, Tensor> change)
    {
        using var scope = NewDisposeScope();
        using var original = SafetensorsFile.Open(Repository.Golden(name, file));
        var tensors = original.Entries.Keys.ToDictionary(entry => entry, original.Read);
        tensors[key] = change(tensors[key]);
        SafetensorsWriter.Write(Path.Combine(folder, file), tensors);
    }
}
