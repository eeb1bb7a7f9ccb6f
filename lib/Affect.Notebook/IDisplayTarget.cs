using System.Text.Json.Nodes;

namespace Affect.Notebook;

/// <summary>Where displays go: the host of a notebook gives one (<see cref="DisplayTarget.Use"/>).</summary>
/// <remarks>
/// Called from any thread, also from threads of the library that report progress while a cell runs. A bundle maps mime types to data: text as a
/// JSON string, <c>application/json</c> and <c>*+json</c> as real JSON. A node has one parent: a host that puts it into a document clones it.
/// </remarks>
public interface IDisplayTarget
{
    /// <summary>Shows a value, as <c>display_data</c>.</summary>
    /// <param name="bundle">The value in all its forms.</param>
    /// <param name="displayId">The name that a later update uses.</param>
    void Show(IReadOnlyDictionary<string, JsonNode> bundle, string displayId);

    /// <summary>Replaces what was shown, as <c>update_display_data</c>.</summary>
    /// <param name="bundle">The new value in all its forms.</param>
    /// <param name="displayId">The name that it was shown under.</param>
    void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId);

    /// <summary>Removes the outputs of the running cell, as <c>clear_output</c>.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    void Clear(bool wait);
}
