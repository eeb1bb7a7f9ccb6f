namespace Affect.Pretraining.Hubert;

/// <summary>An iteration's code books on disk, so that a run that goes on names the same units.</summary>
internal static class CodeBookFile
{
    private const string SettingsKey = "settings";

    internal static void Save(string path, IReadOnlyList<CodeBook> books, string settings)
    {
        using var scope = NewDisposeScope();
        var (tensors, notes) = (new Dictionary<string, Tensor>(), new Dictionary<string, string> { [SettingsKey] = settings });
        foreach (var (number, book) in books.Index())
        {
            var name = FormattableString.Invariant($"units.{number}");
            tensors.Add(name, tensor(book.Units, dtype: ScalarType.Int16));
            notes.Add($"{name}.name", book.Name);
            notes.Add($"{name}.clusters", book.Clusters.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        SafetensorsWriter.Write(path, tensors, notes);
    }

    /// <summary>The code books; null where there are none or they were made under other settings.</summary>
    internal static CodeBook[]? TryLoad(string path, string settings)
    {
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(SettingsKey) != settings) return null;
        return
        [
            .. file.Entries.Keys.Order(StringComparer.Ordinal).Select(name => new CodeBook(
                file.Metadata[$"{name}.name"], int.Parse(file.Metadata[$"{name}.clusters"], System.Globalization.CultureInfo.InvariantCulture), file.Read(name).data<short>().ToArray())),
        ];
    }
}
