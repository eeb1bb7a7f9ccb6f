namespace Affect.Notebook.Formatting;

/// <summary>Shows values of types that nobody has registered a formatter for, by what they are: text, number, collection, record.</summary>
/// <remarks>The package shows these as trees of all that they hold, in a type of its own; here is what a reader compares, and no more.</remarks>
public static class GeneralFormat
{
    /// <summary>Plain text for all, and a table for collections of objects and for objects without text of their own.</summary>
    /// <param name="value">The value; it may hold itself, be endless, and throw when it is read.</param>
    /// <returns>Mime type to text.</returns>
    public static IReadOnlyDictionary<string, JsonNode> Of(object? value)
    {
        var writer = new ValueWriter();
        return value switch
        {
            Exception error => ErrorFormat.Of(error),
            IEnumerable items and not string when !writer.IsList(items) => ObjectTable.Of(items, writer).ToBundle(),
            DataTable table => ObjectTable.Of(table.Rows, writer).ToBundle(),
            Array { Rank: 2 } grid => ObjectTable.OfGrid(grid, writer).ToBundle(),
            not null when !writer.IsPlain(value) && ValueText.Properties(value.GetType()).Count > 0 => ObjectTable.OfObject(value, writer).ToBundle(),
            _ => new Dictionary<string, JsonNode> { [MimeType.Text] = writer.Of(value) },
        };
    }
}
