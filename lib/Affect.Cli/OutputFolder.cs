namespace Affect.Cli;

/// <summary>Looks before long work whether its results can be written.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder and a file in it, which is taken away again.</summary>
    /// <param name="path">The folder; null: nothing is to be written.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="IOException">It cannot be written to.</exception>
    internal static void Check(string? path, string option)
    {
        if (path is null) return;
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".{Guid.NewGuid():N}.tmp");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"{option} must be a folder that can be written to, but '{path}' is none ({error.Message}).", error);
        }
    }
}
