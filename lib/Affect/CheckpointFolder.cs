namespace Affect;

/// <summary>The folder of an encoder that a command line or a notebook's parameter names.</summary>
public static class CheckpointFolder
{
    /// <summary>Finds it.</summary>
    /// <param name="text">A folder, or the name of one among the checkpoints.</param>
    /// <param name="checkpoints">The folder whose folders may be named without their path; null: none.</param>
    /// <returns>Null if it is neither.</returns>
    public static string? Find(string text, string? checkpoints)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Directory.Exists(text)) return text;
        // A name is one folder's: it does not lead out of the checkpoints.
        if (checkpoints is null || text.Length == 0 || text != Path.GetFileName(text) || text is "." or "..") return null;
        var folder = Path.Combine(checkpoints, text);
        return Directory.Exists(folder) ? folder : null;
    }
}
