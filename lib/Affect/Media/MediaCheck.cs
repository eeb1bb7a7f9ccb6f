namespace Affect.Media;

/// <summary>Whether there is something to read, without opening it.</summary>
public static class MediaCheck
{
    /// <summary>What is wrong with a media file, as in <c>is missing</c> or <c>is a folder</c>; null where it can be opened.</summary>
    /// <param name="path">The file.</param>
    /// <param name="looksAround">Whether of a missing file whose name is nearly another's that is told; the folder is listed for it.</param>
    public static string? Problem(string path, bool looksAround = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (FileStatus.Of(path) is { } file) return RegularFile.WhyNot(path) is { } kind ? $"is {kind}" : file.Size == 0 ? "is empty" : null;
        return looksAround && new NearbyFile().Like(path) is { } like ? $"is missing; there is {MediaException.Printable(like.Path)}, which differs {like.Difference}" : "is missing";
    }
}
