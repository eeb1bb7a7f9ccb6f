namespace Affect.Kernel;

/// <summary>Shows a value as text: what its <see cref="object.ToString"/> gives, in the invariant culture where it has a choice, cut where it is very long.</summary>
internal sealed class PlainTextFormatter : IOutputFormatter
{
    public IReadOnlyDictionary<string, JsonNode> Format(object? value) =>
        new Dictionary<string, JsonNode> { ["text/plain"] = Showing.PlainText.Of(value) };
}
