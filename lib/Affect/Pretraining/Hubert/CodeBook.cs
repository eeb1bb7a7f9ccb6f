namespace Affect.Pretraining.Hubert;

/// <summary>The units of one kind for every frame of the speech.</summary>
/// <param name="Name">What they are clusters of.</param>
/// <param name="Clusters">How many different ones there are.</param>
/// <param name="Units">One a frame, the clips end to end.</param>
internal sealed record CodeBook(string Name, int Clusters, short[] Units)
{
    internal static void Save(string path, IReadOnlyList<CodeBook> books, string settings)
    {
        using var scope = NewDisposeScope();
        // Names that sort as the books stand.
        WorkFile.Save(path, settings, books.Index().ToDictionary(book => $"{book.Index} {book.Item.Clusters} {book.Item.Name}", book => tensor(book.Item.Units, dtype: ScalarType.Int16)));
    }

    internal static CodeBook[]? TryLoad(string path, string settings) => WorkFile.TryLoad<CodeBook[]>(path, settings, file =>
    [
        .. file.Entries.Keys.Order(StringComparer.Ordinal).Select(key => (Key: key, Words: key.Split(' ', 3)))
            .Select(book => new CodeBook(book.Words[2], int.Parse(book.Words[1], CultureInfo.InvariantCulture), file.Read(book.Key).data<short>().ToArray())),
    ]);
}
