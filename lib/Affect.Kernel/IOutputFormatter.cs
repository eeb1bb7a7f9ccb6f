namespace Affect.Kernel;

/// <summary>Turns values into what a notebook can show, where nobody has registered a formatter for their type.</summary>
public interface IOutputFormatter
{
    /// <summary>All forms of one value.</summary>
    /// <param name="value">What a cell gives or shows.</param>
    /// <returns>Mime type to data: text as a JSON string, <c>*+json</c> as real JSON. Empty where the value has nothing to show.</returns>
    IReadOnlyDictionary<string, JsonNode> Format(object? value);
}
