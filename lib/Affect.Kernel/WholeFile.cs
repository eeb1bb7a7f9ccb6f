namespace Affect.Kernel;

/// <summary>Files that are wholly there or not at all: written beside their place, then renamed.</summary>
internal static class WholeFile
{
    internal static void Write(string path, string text)
    {
        var full = Path.GetFullPath(path);
        var temporary = FormattableString.Invariant($"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error)
        {
            File.Delete(temporary);
            if (error is IOException) throw new IOException($"{path} could not be written ({error.Message}); what was there before is unchanged.", error);
            throw;
        }
    }
}
