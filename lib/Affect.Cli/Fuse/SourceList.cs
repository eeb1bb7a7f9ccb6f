namespace Affect.Cli.Fuse;

/// <summary>How the modalities of a run are read, freed together.</summary>
internal sealed class SourceList(IReadOnlyList<IModalitySource> sources) : IDisposable
{
    internal IReadOnlyList<IModalitySource> All => sources;

    public void Dispose()
    {
        foreach (var source in sources) source.Dispose();
    }

    /// <summary>Writes sources and the first seed's trained folds as a system that predicts.</summary>
    /// <param name="folder">The system's folder.</param>
    /// <param name="store">The folder of the feature stores.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="config">How.</param>
    /// <param name="runFolder">Where the trained folds lie.</param>
    internal void SaveSystem(string folder, string store, FusionData data, FusionTrainingConfig config, string runFolder)
    {
        var learned = data.Labelled.Where(clip => !config.JudgesTest || data.Corpus.Clips[clip].Split != SplitNames.Test).Select(clip => data.Corpus.Clips[clip].Id).ToHashSet(StringComparer.Ordinal);
        foreach (var source in sources.OfType<VisualSource>()) source.LearnPictures(data.Corpus.Where(clip => learned.Contains(clip.Id)), store);
        string[] members = [.. Enumerable.Range(0, config.Folds).Select(fold => FusionTraining.FolderOf(runFolder, data.Modalities, config.Seeds[0], fold))];
        using var system = new EmotionSystem(data.Corpus.Name, data.Corpus.IsSynthetic, sources, members) { OwnsSources = false };
        system.Save(folder);
        Console.WriteLine($"The system: {Path.GetFullPath(folder)}; try 'lab predict CLIP --system {folder}'");
    }
}
