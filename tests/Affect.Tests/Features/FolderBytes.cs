namespace Affect.Tests.Features;

/// <summary>A folder's files, for telling whether two are byte for byte the same.</summary>
internal static class FolderBytes
{
    public static SortedDictionary<string, string> Of(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);
}
