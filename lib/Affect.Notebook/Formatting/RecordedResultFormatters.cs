using System.Text.Json.Nodes;

namespace Affect.Notebook.Formatting;

/// <summary>Shows recorded results: a word for readers, JSON for programs.</summary>
internal sealed class RecordedResultFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<RecordedResult>(MimeType.Result, result => new JsonObject { ["name"] = result.Name, ["value"] = result.Value.DeepClone() }.ToJsonString()),
        new TypeFormatter<RecordedResult>(MimeType.Text, result => result.ToString()),
    ];
}
