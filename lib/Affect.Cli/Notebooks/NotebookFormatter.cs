namespace Affect.Cli.Notebooks;

/// <summary>Shows what nobody has registered a formatter for as the laboratory shows it.</summary>
internal sealed class NotebookFormatter : IOutputFormatter
{
    public IReadOnlyDictionary<string, JsonNode> Format(object? value) => GeneralFormat.Of(value);
}
