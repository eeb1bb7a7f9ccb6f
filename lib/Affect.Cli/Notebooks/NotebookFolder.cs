namespace Affect.Cli.Notebooks;

/// <summary>The laboratory's own notebooks.</summary>
internal static class NotebookFolder
{
    /// <summary>All of them, in order.</summary>
    /// <param name="home">The clone.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    internal static string[] All(string home)
    {
        var folder = Path.Combine(home, "notebooks");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal).ToArray() : [];
        return files.Length > 0 ? files : throw new FileNotFoundException($"There is no notebook in {folder}.");
    }
}
