using System.Text.Json.Nodes;
using Affect.Kernel;
using Affect.Kernel.Scripting;
using Affect.Notebook;

namespace Affect.Cli.Notebooks;

/// <summary>Sends what cells display to their session's output.</summary>
/// <remarks>Each display also asks whether the cell is to stop: so long work of the library, which reports its progress, ends where it stands.</remarks>
internal sealed class CellDisplayTarget(ICellOutput output) : IDisplayTarget
{
    public void Show(IReadOnlyDictionary<string, JsonNode> bundle, string displayId)
    {
        CellInterrupt.Check();
        if (bundle.Count > 0) output.Display(bundle, displayId);
    }

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId)
    {
        CellInterrupt.Check();
        output.Update(bundle, displayId);
    }

    public void Clear(bool wait) => output.ClearOutput(wait);
}
