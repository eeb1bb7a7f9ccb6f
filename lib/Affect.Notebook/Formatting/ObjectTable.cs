using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Affect.Data;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Affect.Notebook.Formatting;

/// <summary>Makes tables of objects: a row per element, a column per property.</summary>
internal static class ObjectTable
{
    private const int MostRows = 20;
    private const int MostColumns = 12;

    /// <summary>A collection; no more than its first rows, with a note of how many there are.</summary>
    internal static ShownTable Of(IEnumerable source) => Of(source.Cast<object?>(), Cells);

    /// <summary>What a cell's <c>DisplayTable()</c> makes of a collection.</summary>
    internal static ShownTable Of(TabularDataResource table) => Of(table.Data, row => row.Select(cell => (cell.Key, Inner(cell.Value))));

    private static ShownTable Of<T>(IEnumerable<T> source, Func<T, IEnumerable<(string Column, object? Value)>> cells)
    {
        var shown = new List<T>();
        var count = 0L;
        foreach (var item in source)
            if (count++ < MostRows) shown.Add(item);
        var columns = new List<string>();
        var rows = shown.Select(item => cells(item).ToList()).ToList();
        foreach (var name in rows.SelectMany(row => row.Select(cell => cell.Column)))
            if (!columns.Contains(name)) columns.Add(name);
        var most = columns.Take(MostColumns).ToArray();
        return new ShownTable
        {
            Columns = most,
            Rows = Transposed([.. most.Select(column => Texts([.. rows.Select(row => row.FirstOrDefault(cell => cell.Column == column).Value)]))], rows.Count),
            Note = Note(count, columns),
        };
    }

    /// <summary>One object: its properties as names and values.</summary>
    internal static ShownTable OfObject(object value) =>
        ShownTable.Pairs(TypeNames.Of(value.GetType()), [.. ValueText.Properties(value.GetType()).Select(property => (property.Name, Inner(ValueText.Value(property, value))))]);

    /// <summary>A two-dimensional array.</summary>
    internal static ShownTable OfGrid(Array grid)
    {
        var (rows, columns) = (grid.GetLength(0), grid.GetLength(1));
        return new ShownTable
        {
            Columns = [.. Enumerable.Range(0, Math.Min(columns, MostColumns)).Select(Number)],
            Rows = [.. Enumerable.Range(0, Math.Min(rows, MostRows)).Select(row =>
                (string[])[.. Enumerable.Range(0, Math.Min(columns, MostColumns)).Select(column => ValueText.Cell(grid.GetValue(row, column)))])],
            Note = rows > MostRows || columns > MostColumns ? $"The first rows and columns of {Number(rows)} × {Number(columns)}." : "",
        };
    }

    // Scores below one another have the same digits, so that they can be compared.
    private static string[] Texts(object?[] values)
    {
        var isScores = values.All(value => value is null or double or float) && values.Any(value => value is not null)
            && values.OfType<IConvertible>().Select(number => Convert.ToDouble(number, CultureInfo.InvariantCulture)).All(number => number == 0 || Math.Abs(number) is >= 1e-3 and < 1000)
            && values.OfType<IConvertible>().Select(number => Convert.ToDouble(number, CultureInfo.InvariantCulture)).Any(number => number != Math.Floor(number));
        return [.. values.Select(value => isScores && value is IConvertible score ? Convert.ToDouble(score, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture) : ValueText.Cell(value))];
    }

    private static string[][] Transposed(string[][] columns, int rows) => [.. Enumerable.Range(0, rows).Select(row => (string[])[.. columns.Select(column => column[row])])];

    private static IEnumerable<(string Column, object? Value)> Cells(object? item) => item switch
    {
        null => [("value", null)],
        // Where its files lie is the reader's own affair.
        Clip clip => [("clip", clip.Id), ("speaker", clip.Speaker), ("emotion", clip.Emotion), ("split", clip.Split), ("transcript", clip.Transcript)],
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(index => ($"item {Number(index + 1)}", tuple[index])),
        DictionaryEntry entry => [("key", entry.Key), ("value", Inner(entry.Value))],
        _ when !item.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal) && ValueText.IsPlain(item) && ValueText.Properties(item.GetType()) is var properties
            && (properties.Count == 0 || item is IFormattable or string or IEnumerable) => [("value", item)],
        _ => ValueText.Properties(item.GetType()).Select(property => (Heading(property.Name, item), Inner(ValueText.Value(property, item)))),
    };

    private static string Heading(string name, object item) =>
        item.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal) ? name.ToLowerInvariant() : name;

    // An object within an object is named, not opened: it may point back.
    private static object? Inner(object? value) => value is null || ValueText.IsPlain(value) || value is IEnumerable ? value : TypeNames.Of(value.GetType());

    private static string Note(long count, List<string> columns)
    {
        var parts = new List<string>();
        if (count > MostRows) parts.Add(string.Create(CultureInfo.InvariantCulture, $"The first {MostRows} of {count} rows; {count - MostRows} more."));
        if (columns.Count > MostColumns) parts.Add($"Left out: {string.Join(", ", columns.Skip(MostColumns))}.");
        return string.Join(" ", parts);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
