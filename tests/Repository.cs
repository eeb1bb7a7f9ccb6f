namespace Affect.Tests;

/// <summary>Where tests find the repository's files, and other people's data where it is at hand.</summary>
internal static class Repository
{
    /// <summary>The folder of Notebooks.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of golden values, which every clone holds.</summary>
    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "Golden", .. parts]);

    /// <summary>A file or folder of other people's data beside the clone; null where it is missing.</summary>
    public static string? Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        return Path.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Notebooks.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Notebooks.sln.");
    }
}
