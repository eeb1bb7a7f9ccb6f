namespace Affect.Media;

/// <summary>Names of media files are data: each is turned into exactly one file before anything else sees it.</summary>
public static class MediaPath
{
    /// <summary>What is wrong with a media file, as in <c>is missing</c> or <c>is a folder</c>; null where it can be opened.</summary>
    /// <param name="path">The file.</param>
    /// <param name="looksAround">Whether of a missing file whose name is nearly another's that is told; the folder is listed for it.</param>
    public static string? Problem(string path, bool looksAround = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (FileStatus.Of(path) is { } file) return RegularFile.WhyNot(path) is { } kind ? $"is {kind}" : file.Size == 0 ? "is empty" : null;
        return looksAround && Like(path) is { } like ? $"is missing; there is {like}" : "is missing";
    }

    /// <summary>Checks that there is something to read.</summary>
    /// <exception cref="MediaException">
    /// The file is missing (one of nearly the same name is told), empty, a folder, a pipe, a device or the like.
    /// </exception>
    internal static void RequireFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0')) throw new MediaException(path, "no file can have a NUL character in its name.");
        if (FileStatus.Of(path) is not { } file)
        {
            var elsewhere = Path.IsPathRooted(path) ? "" : $" under {MediaException.Printable(Environment.CurrentDirectory)}";
            var nearby = Like(path) is { } like ? $" There is {like}." : "";
            throw new MediaException(path, $"there is no such file{elsewhere}.{nearby} Check the path or the manifest's folder.");
        }
        if (file.Kind == FileKind.Folder) throw new MediaException(path, "expected a media file, but it is a folder. Name one file in it.");
        // Before anything is opened: a pipe would be waited for, and a device may have no end.
        if (RegularFile.WhyNot(path) is { } kind) throw new MediaException(path, $"expected a media file, but it is {kind}. Name a file on disk.");
        if (file.Size == 0) throw new MediaException(path, "expected a media file, but it is empty (0 bytes). Copy or download it again.");
        if (PointerFile.Describe(path) is { } problem) throw new MediaException(path, $"this {problem}");
    }

    /// <summary>How ffmpeg is told to open this very file: neither an option, nor a protocol, nor a pattern.</summary>
    internal static string ForFfmpeg(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Opens a file for one pass from start to end.</summary>
    /// <exception cref="MediaException">The file may not be read.</exception>
    internal static FileStream OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException(path, $"could not be opened ({error.Message}).", error);
        }
    }

    private static string? Like(string path) =>
        new NearbyFile().Like(path) is { } like ? $"{MediaException.Printable(like.Path)}, which differs {like.Difference}" : null;
}
