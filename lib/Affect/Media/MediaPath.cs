namespace Affect.Media;

/// <summary>Names of media files are data: each is turned into exactly one file before anything else sees it.</summary>
internal static class MediaPath
{
    /// <summary>Checks that there is something to read.</summary>
    /// <exception cref="MediaException">The file is missing, empty, a folder, a pipe, a device or the like; of a missing one whose name is nearly another's, that is told.</exception>
    internal static void RequireFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0')) throw new MediaException(path, "no file can have a NUL character in its name.");
        if (FileStatus.Of(path) is not { } file) throw new MediaException(path, $"there is no such file{Elsewhere(path)}.{Like(path)} Check the path or the manifest's folder.");
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

    private static string Like(string path) => new NearbyFile().Like(path) is { } like ? $" There is {MediaException.Printable(like.Path)}, which differs {like.Difference}." : "";

    private static string Elsewhere(string path) => Path.IsPathRooted(path) ? "" : $" under {MediaException.Printable(Environment.CurrentDirectory)}";
}
