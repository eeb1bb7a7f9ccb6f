namespace Affect.Kernel;

/// <summary>Notebooks and scripts are read through here: a pipe would be waited for, and a device may have no end.</summary>
internal static class SourceFile
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="IOException">It is no regular file, is not there, or may not be read.</exception>
    internal static string ReadAllText(string path) => FileStatus.Of(path)?.Kind switch
    {
        FileKind.Regular or null => File.ReadAllText(path),
        FileKind.Folder => throw new IOException($"{path} must be a file, but is a folder."),
        FileKind.Pipe => throw new IOException($"{path} must be a file on disk, but is a named pipe, whose reading waits until somebody writes."),
        FileKind.Device => throw new IOException($"{path} must be a file on disk, but is a device, which may have no end."),
        _ => throw new IOException($"{path} must be a file on disk, but is none."),
    };
}
