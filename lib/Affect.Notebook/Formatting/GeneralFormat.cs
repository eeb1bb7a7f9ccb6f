using System.Collections;
using System.Text.Json.Nodes;

namespace Affect.Notebook.Formatting;

/// <summary>Shows values of types that bring no formatter, by what they are.</summary>
internal static class GeneralFormat
{
    /// <summary>Plain text for all, and a table for collections of objects and for objects without text of their own.</summary>
    internal static Dictionary<string, JsonNode> Of(object? value) => value switch
    {
        Exception error => ErrorFormat.Of(error),
        IEnumerable items and not string when !ValueText.IsList(items) => ObjectTable.Of(items).ToBundle(),
        Array { Rank: 2 } grid => ObjectTable.OfGrid(grid).ToBundle(),
        not null when !ValueText.IsPlain(value) && ValueText.Properties(value.GetType()).Count > 0 => ObjectTable.OfObject(value).ToBundle(),
        _ => new Dictionary<string, JsonNode> { [MimeType.Text] = ValueText.Of(value) },
    };
}
