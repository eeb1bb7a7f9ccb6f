namespace Affect;

/// <summary>
/// Files that a user names are opened through here: whatever is no regular file is refused before it is opened, since a pipe is waited for until
/// somebody writes and a device may have no end.
/// </summary>
public static class RegularFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Says what a path leads to where it is no regular file.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <returns>As in <c>a named pipe, whose reading waits until somebody writes</c>; null for a regular file and where nothing is there.</returns>
    public static string? WhyNot(string path) => FileStatus.Of(path)?.Kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a named pipe, whose reading waits until somebody writes",
        FileKind.Socket => "a socket",
        FileKind.Device => "a device, which may have no end",
        FileKind.Kernel => "a file that the kernel makes up when it is read",
        FileKind.Other => "no regular file",
        _ => null,
    };

    /// <summary>Refuses what is no regular file; a path where nothing is passes, so that whoever opens it says so in its own words.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <returns>The path.</returns>
    /// <exception cref="FormatException">It is a folder, a pipe, a device or the like.</exception>
    public static string Require(string path) =>
        WhyNot(path) is { } kind
            ? throw new FormatException($"{path} must be a regular file, but is {kind}. Name a file on disk; copy what is to be read into one.")
            : path;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FormatException">It is a folder, a pipe, a device or the like.</exception>
    /// <exception cref="IOException">It is not there or may not be read.</exception>
    public static FileStream OpenRead(string path) => new(Require(path), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>All bytes of a file.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static byte[] ReadAllBytes(string path) => File.ReadAllBytes(Require(path));

    /// <summary>The text of a file, UTF-8 unless it says otherwise.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static string ReadAllText(string path) => File.ReadAllText(Require(path));

    /// <summary>The text of a file that must be UTF-8.</summary>
    /// <exception cref="FormatException">It is not, or it is a folder, a pipe, a device or the like.</exception>
    internal static string ReadUtf8(string path)
    {
        try
        {
            return Strict.GetString(ReadAllBytes(path));
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException($"{path} must be UTF-8 ({error.Message})", error);
        }
    }
}
