namespace Affect.Media;

/// <summary>Finds the file that a name means where letters are written otherwise on disk, as tables, archives and systems differ in it.</summary>
internal sealed class NearbyFile
{
    private readonly Dictionary<(string Folder, Func<string, string> Form), ILookup<string, string>> entries = [];
    private readonly Func<string, string> composed = CanonicalForm.Compose;
    private readonly Func<string, string> loosely = NameForm.OfPerson;

    /// <summary>The path as it is on disk where it differs only in how letters are composed (NFC and NFD).</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Null where the path itself is there, nothing is like it, or several are.</returns>
    internal string? Composed(string path) => Path.Exists(path) ? null : Find(path, composed);

    /// <summary>What on disk is nearly of this name.</summary>
    /// <param name="path">A path where nothing is.</param>
    /// <returns>Null where nothing is like it, or several are.</returns>
    internal (string Path, string Difference)? Like(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if ((Find(full, composed) ?? Find(full, loosely)) is not { } found) return null;
            // The differences of all parts of the path, each named once.
            var differences = Parts(full).Zip(Parts(found)).Select(pair => NameForm.Difference(pair.First, pair.Second)).OfType<string>();
            return (found, string.Join(" and ", differences.Distinct(StringComparer.Ordinal)));
        }
        catch (ArgumentException)
        {
            return null; // no path at all
        }
    }

    private string? Find(string path, Func<string, string> form)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } parent) return null;
        var folder = Directory.Exists(parent) ? parent : Find(parent, form);
        if (folder is null) return null;
        var like = Entries(folder, form)[form(Path.GetFileName(path))].Take(2).ToArray();
        return like.Length == 1 ? Path.Combine(folder, like[0]) : null;
    }

    // Listed once: where thousands of files are missing, each would list the folder again.
    private ILookup<string, string> Entries(string folder, Func<string, string> form)
    {
        if (entries.TryGetValue((folder, form), out var known)) return known;
        string[] names;
        try
        {
            names = [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            names = [];
        }
        return entries[(folder, form)] = names.ToLookup(form, StringComparer.Ordinal);
    }

    private static string[] Parts(string path) => path.Split(Path.DirectorySeparatorChar);
}
