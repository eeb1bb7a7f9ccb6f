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
        writer.Within(source, () => new ShownTable { Rows = [] }, () => Table(writer.SampleOf(source), cells, writer));

    private static ShownTable Table(Sample sample, Func<object?, IEnumerable<(string Column, object? Value)>> cells, ValueWriter writer)
    {
        var columns = new List<string>();
        var rows = sample.Items.Take(MostRows).Select(item => cells(item).ToList()).ToList();
        foreach (var name in rows.SelectMany(row => row.Select(cell => cell.Column)))
            if (!columns.Contains(name)) columns.Add(name);
        var most = columns.Take(MostColumns).ToArray();
        return new ShownTable
        {
            Columns = most,
            Rows = Transposed([.. most.Select(column => Texts([.. rows.Select(row => row.FirstOrDefault(cell => cell.Column == column).Value)], writer))], rows.Count),
            Note = Note(sample, columns),
        };
    }

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
        var (rows, columns) = (grid.GetLength(0), grid.GetLength(1));
        return new ShownTable
        {
            Columns = [.. Enumerable.Range(0, Math.Min(columns, MostColumns)).Select(Number)],
            Rows = writer.Within(grid, () => [], () => (string[][])[.. Enumerable.Range(0, Math.Min(rows, MostRows)).Select(row =>
                (string[])[.. Enumerable.Range(0, Math.Min(columns, MostColumns)).Select(column => writer.Cell(grid.GetValue(row, column)))])]),
            Note = rows > MostRows || columns > MostColumns ? $"The first rows and columns of {Number(rows)} × {Number(columns)}." : "",
        };
    }

    // Scores below one another have the same digits, so that they can be compared.
    private static string[] Texts(object?[] values, ValueWriter writer)
    {
        var isScores = values.All(value => value is null or double or float) && values.Any(value => value is not null)
            && values.OfType<IConvertible>().Select(number => Convert.ToDouble(number, CultureInfo.InvariantCulture)).All(number => number == 0 || Math.Abs(number) is >= 1e-3 and < 1000)
            && values.OfType<IConvertible>().Select(number => Convert.ToDouble(number, CultureInfo.InvariantCulture)).Any(number => number != Math.Floor(number));
        return [.. values.Select(value => isScores && value is IConvertible score ? Convert.ToDouble(score, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture) : writer.Cell(value))];
    }

    private static string[][] Transposed(string[][] columns, int rows) => [.. Enumerable.Range(0, rows).Select(row => (string[])[.. columns.Select(column => column[row])])];

    private static IEnumerable<(string Column, object? Value)> Cells(object? item, ValueWriter writer) => item switch
    {
        null => [("value", null)],
        // Where its files lie is the reader's own affair.
        Clip clip => [("clip", clip.Id), ("speaker", clip.Speaker), ("emotion", clip.Emotion), ("split", clip.Split), ("transcript", clip.Transcript)],
        DataRowView row => Cells(row.Row, writer),
        DataRow row => row.Table.Columns.Cast<DataColumn>().Zip(row.ItemArray, (column, value) => (column.ColumnName, value)),
        ITuple tuple => ValueWriter.Elements(tuple).Select((element, index) => ($"item {Number(index + 1)}", element)),
        DictionaryEntry entry => [("key", entry.Key), ("value", Inner(entry.Value, writer))],
        _ when !item.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal) && writer.IsPlain(item) && ValueText.Properties(item.GetType()) is var properties
            && (properties.Count == 0 || item is IFormattable or string or IEnumerable) => [("value", item)],
        _ => ValueText.Properties(item.GetType()).Select(property => (Heading(property.Name, item), Inner(ValueText.Value(property, item), writer))),
    };

    private static string Heading(string name, object item) =>
        item.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal) ? name.ToLowerInvariant() : name;

    // An object within an object is named, not opened: it may point back.
    private static object? Inner(object? value, ValueWriter writer) => value is null || writer.IsPlain(value) || value is IEnumerable ? value : TypeNames.Of(value.GetType());

    private static string Note(Sample sample, List<string> columns)
    {
        var parts = new List<string>();
        var count = sample.Items.Count + sample.More;
        if (count is null) parts.Add(string.Create(CultureInfo.InvariantCulture, $"The first {MostRows} rows; many more follow, or without end ..."));
        else if (count > MostRows) parts.Add(string.Create(CultureInfo.InvariantCulture, $"The first {MostRows} of {count} rows; {count - MostRows} more."));
        if (sample.Failure is { } failure) parts.Add(string.Create(CultureInfo.InvariantCulture, $"After {count?.ToString(CultureInfo.InvariantCulture) ?? "these"} rows it threw {failure}."));
        if (columns.Count > MostColumns) parts.Add($"Left out: {string.Join(", ", columns.Skip(MostColumns))}.");
        return string.Join(" ", parts);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
