namespace Affect.Cli;

/// <summary>Where the laboratory's files are.</summary>
internal static class LaboratoryFolder
{
    /// <summary>The clone that this build belongs to; where there is none, the current folder.</summary>
    internal static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Notebooks.sln"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
