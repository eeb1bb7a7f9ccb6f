using Affect.Checkpoints;
using static TorchSharp.torch;

namespace Affect.Tests.Encoders;

/// <summary>A golden folder with one weight that is a little off: a check that does not notice checks nothing.</summary>
internal static class PerturbedGolden
{
    /// <summary>Copies a golden folder with one weight changed.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The golden folder's name.</param>
    /// <param name="weight">The weight's name in its <c>model.safetensors</c>.</param>
    internal static void Write(string folder, string name, string weight)
    {
        using var scope = NewDisposeScope();
        foreach (var file in new[] { "config.json", "case.safetensors" }) File.Copy(Repository.Golden(name, file), Path.Combine(folder, file));
        using var original = SafetensorsFile.Open(Repository.Golden(name, "model.safetensors"));
        var tensors = original.Entries.Keys.ToDictionary(key => key, original.Read);
        tensors[weight] = tensors[weight] * 1.05 + 0.01;
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), tensors);
    }
}
