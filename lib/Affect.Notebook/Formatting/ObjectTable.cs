namespace Affect.Notebook.Formatting;

/// <summary>Makes tables of objects: a row per element, a column per property.</summary>
internal static class ObjectTable
{
    private const int MostRows = 20;
    private const int MostColumns = 12;

    /// <summary>A collection; no more than its first rows, with a note of how many there are.</summary>
    internal static ShownTable Of(IEnumerable source) => Of(source, new ValueWriter());

    /// <inheritdoc cref="Of(IEnumerable)"/>
    internal static ShownTable Of(IEnumerable source, ValueWriter writer) => Of(source, item => Cells(item, writer), writer);

    /// <summary>What a cell's <c>DisplayTable()</c> makes of a collection.</summary>
    internal static ShownTable Of(TabularDataResource table)
    {
        var writer = new ValueWriter();
        return Of(table.Data, row => ((IEnumerable<KeyValuePair<string, object>>)row!).Select(cell => (cell.Key, Inner(cell.Value, writer))), writer);
    }

    private static ShownTable Of(IEnumerable source, Func<object?, IEnumerable<(string Column, object? Value)>> cells, ValueWriter writer) =>
        writer.Within(source, () => new ShownTable { Rows = [] }, () =>
        {
            var sample = writer.SampleOf(source);
            var rows = sample.Items.Take(MostRows).Select(item => cells(item).ToList()).ToList();
            string[] all = [.. rows.SelectMany(row => row.Select(cell => cell.Column)).Distinct()];
            var shown = all.Take(MostColumns).ToArray();
            var columns = shown.Select(name => Texts([.. rows.Select(row => row.FirstOrDefault(cell => cell.Column == name).Value)], writer))
                .ToList();
            return new ShownTable
            {
                Columns = shown,
                Rows = [.. rows.Select((_, row) => (string[])[.. columns.Select(column => column[row])])],
                Note = Note(sample, all[shown.Length..]),
            };
        });

    /// <summary>One object: its properties as names and values.</summary>
    internal static ShownTable OfObject(object value, ValueWriter writer) => new()
    {
        Caption = TypeNames.Of(value.GetType()),
        Rows = writer.Within(value, () => [], () =>
            (string[][])[.. ValueText.Properties(value.GetType()).Select(property => (string[])[property.Name, writer.Cell(Inner(ValueText.Value(property, value), writer))])]),
    };

    /// <summary>A two-dimensional array.</summary>
    internal static ShownTable OfGrid(Array grid, ValueWriter writer)
    {
        var (height, width) = (grid.GetLength(0), grid.GetLength(1));
        int[] rows = [.. Enumerable.Range(0, Math.Min(height, MostRows))];
        int[] columns = [.. Enumerable.Range(0, Math.Min(width, MostColumns))];
        return new ShownTable
        {
            Columns = [.. columns.Select(column => $"{column}")],
            Rows = writer.Within(grid, () => [], () =>
                (string[][])[.. rows.Select(row => (string[])[.. columns.Select(column => writer.Cell(grid.GetValue(row, column)))])]),
            Note = height > MostRows || width > MostColumns ? $"The first rows and columns of {height} × {width}." : "",
        };
    }

    // Scores below one another have the same digits, so that they can be compared.
    private static string[] Texts(object?[] values, ValueWriter writer)
    {
        double?[] numbers = [.. values.Select(value => value switch { double number => number, float number => number, _ => (double?)null })];
        var areScores = values.Zip(numbers)
            .All(pair => pair.First is null || pair.Second is { } number && (number == 0 || Math.Abs(number) is >= 1e-3 and < 1000))
            && numbers.Any(number => number is { } there && there != Math.Floor(there));
        return [.. values.Zip(numbers, (value, number) =>
            areScores && number is { } score ? score.ToString("0.0000", CultureInfo.InvariantCulture) : writer.Cell(value))];
    }

    private static IEnumerable<(string Column, object? Value)> Cells(object? item, ValueWriter writer) => item switch
    {
        null => [("value", null)],
        // Where its files lie is the reader's own affair.
        Clip clip => [("clip", clip.Id), ("speaker", clip.Speaker), ("emotion", clip.Emotion), ("split", clip.Split), ("transcript", clip.Transcript)],
        DataRowView row => Cells(row.Row, writer),
        DataRow row => row.Table.Columns.Cast<DataColumn>().Zip(row.ItemArray, (column, value) => (column.ColumnName, value)),
        ITuple tuple => ValueWriter.Elements(tuple).Select((element, index) => ($"item {index + 1}", element)),
        DictionaryEntry entry => [("key", entry.Key), ("value", Inner(entry.Value, writer))],
        _ when !ValueWriter.IsPair(item.GetType()) && writer.IsPlain(item)
            && (item is IFormattable or string or IEnumerable || ValueText.Properties(item.GetType()).Count == 0) =>
            [("value", item)],
        _ => ValueText.Properties(item.GetType()).Select(property =>
            (ValueWriter.IsPair(item.GetType()) ? property.Name.ToLowerInvariant() : property.Name, Inner(ValueText.Value(property, item), writer))),
    };

    // An object within an object is named, not opened: it may point back.
    private static object? Inner(object? value, ValueWriter writer) => value is null || writer.IsPlain(value) || value is IEnumerable ? value : TypeNames.Of(value.GetType());

    private static string Note(Sample sample, string[] leftOut)
    {
        var parts = new List<string>();
        var count = sample.Items.Count + sample.More;
        if (count is null) parts.Add($"The first {MostRows} rows; many more follow, or without end ...");
        else if (count > MostRows) parts.Add($"The first {MostRows} of {count} rows; {count - MostRows} more.");
        if (sample.Failure is { } failure) parts.Add($"After {(count is null ? "these" : $"{count}")} rows it threw {failure}.");
        if (leftOut.Length > 0) parts.Add($"Left out: {string.Join(", ", leftOut)}.");
        return string.Join(" ", parts);
    }
}
