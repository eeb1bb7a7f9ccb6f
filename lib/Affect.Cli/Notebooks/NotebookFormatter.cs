using System.Text.Json.Nodes;
using Affect.Kernel;
using Affect.Notebook;

namespace Affect.Cli.Notebooks;

/// <summary>Shows a cell's value as <c>display</c> does.</summary>
internal sealed class NotebookFormatter : IOutputFormatter
{
    public IReadOnlyDictionary<string, JsonNode> Format(object value) => Formatter.Format(value);
}
