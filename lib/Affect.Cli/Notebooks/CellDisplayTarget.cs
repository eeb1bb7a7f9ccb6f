using System.Text.Json.Nodes;
using Affect.Kernel;
using Affect.Notebook;

namespace Affect.Cli.Notebooks;

/// <summary>Sends what cells display to their session's output.</summary>
internal sealed class CellDisplayTarget(ICellOutput output) : IDisplayTarget
{
    public void Show(IReadOnlyDictionary<string, JsonNode> bundle, string displayId)
    {
        if (bundle.Count > 0) output.Display(bundle, displayId);
    }

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => output.Update(bundle, displayId);

    public void Clear(bool wait) => output.ClearOutput(wait);
}
