using System.Text.Json.Nodes;

namespace Affect.Notebook;

/// <summary>Where there is no notebook: the text goes to the console, an update as a further line.</summary>
/// <param name="writer">Where to write instead; null: the console's output of the moment.</param>
internal sealed class ConsoleTarget(TextWriter? writer = null) : IDisplayTarget
{
    internal static ConsoleTarget Instance { get; } = new();

    public void Show(IReadOnlyDictionary<string, JsonNode> bundle, string displayId)
    {
        if (bundle.TryGetValue(MimeType.Text, out var text) || bundle.Count > 0 && (text = bundle.First().Value) is not null) (writer ?? Console.Out).WriteLine(text.ToString());
    }

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => Show(bundle, displayId);

    public void Clear(bool wait)
    {
        // What a console has printed stays.
    }
}
