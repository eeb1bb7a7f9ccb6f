using System.Text.Json.Nodes;
using Affect.Notebook;

namespace Affect.Tests.Cells;

/// <summary>Keeps what is shown, as a notebook would.</summary>
internal sealed class RecordingTarget : IDisplayTarget
{
    private readonly Lock gate = new();

    public List<(string Kind, string DisplayId, IReadOnlyDictionary<string, JsonNode> Bundle)> Calls { get; } = [];

    public IReadOnlyList<string> Texts => [.. Calls.Select(call => call.Bundle["text/plain"].ToString())];

    public void Show(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => Add("show", displayId, bundle);

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => Add("update", displayId, bundle);

    public void Clear(bool wait) => Add(wait ? "clear later" : "clear", "", new Dictionary<string, JsonNode>());

    private void Add(string kind, string displayId, IReadOnlyDictionary<string, JsonNode> bundle)
    {
        lock (gate) Calls.Add((kind, displayId, bundle));
    }
}
