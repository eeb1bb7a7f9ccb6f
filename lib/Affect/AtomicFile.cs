namespace Affect;

/// <summary>Files that are either wholly there or not at all: written beside their place, flushed, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; on any failure the old content stays and no temporary file is left.</summary>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    /// <param name="write">Writes the content into the stream, which is closed afterwards.</param>
    /// <exception cref="IOException">The disk is full or the file cannot be written; the message names the file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        // Renaming would put a file in the place of a device, a pipe or a folder, for everybody.
        if (RegularFile.WhyNot(full) is { } kind)
            throw new IOException($"{path} could not be written: it must be a file, but is {kind}. Name another file.");
        var temporary = $"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error)
        {
            TryDelete(temporary);
            if (error is IOException and not FileNotFoundException || IsTooLarge(error))
                throw new IOException($"{path} could not be written ({error.Message}); what was there before is unchanged.", error);
            throw;
        }
    }

    /// <summary>Writes a text file in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    // The runtime tells of a limit on the size of files (EFBIG: a quota, an old file system) as of a wrong argument.
    private static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value", ActualValue: null };

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // The disk may have gone; the first error is the one to tell.
        }
    }
}
