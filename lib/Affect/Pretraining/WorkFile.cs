namespace Affect.Pretraining;

/// <summary>Tensors in a work folder that were made from settings, so that a run that goes on need not make them again.</summary>
internal static class WorkFile
{
    private const string SettingsKey = "settings";

    internal static void Save(string path, string settings, IReadOnlyDictionary<string, Tensor> tensors) =>
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { [SettingsKey] = settings });

    /// <summary>What is read from the tensors; null where there are none or they were made from other settings.</summary>
    internal static T? TryLoad<T>(string path, string settings, Func<SafetensorsFile, T> read)
        where T : class
    {
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        return file.Metadata.GetValueOrDefault(SettingsKey) == settings ? read(file) : null;
    }
}
