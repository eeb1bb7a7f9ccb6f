using System.Text.Json.Nodes;

namespace Affect.Kernel;

/// <summary>Turns a cell's value into what a notebook can show.</summary>
public interface IOutputFormatter
{
    /// <summary>All forms of one value.</summary>
    /// <param name="value">The value of a cell's last expression.</param>
    /// <returns>Mime type to data: text as a JSON string, <c>*+json</c> as real JSON. Empty where the value has nothing to show.</returns>
    IReadOnlyDictionary<string, JsonNode> Format(object value);
}
