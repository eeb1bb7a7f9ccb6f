namespace Affect.Kernel;

/// <summary>Where a session sends what its cells print and show; the calls are Jupyter's output messages. May be called from any thread.</summary>
public interface ICellOutput
{
    /// <summary>Printed text.</summary>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">Any piece of text, not necessarily whole lines.</param>
    void Stream(string name, string text);

    /// <summary>Something shown while the cell runs.</summary>
    /// <param name="bundle">Mime type to data.</param>
    /// <param name="displayId">The name under which it can be updated; null when it cannot.</param>
    void Display(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId);

    /// <summary>Replaces what was shown under a name, in whichever cell.</summary>
    /// <param name="bundle">Mime type to data.</param>
    /// <param name="displayId">The name.</param>
    void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId);

    /// <summary>Takes the cell's outputs away.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    void ClearOutput(bool wait);

    /// <summary>The value of the cell's last expression.</summary>
    /// <param name="bundle">Mime type to data.</param>
    /// <param name="executionCount">The cell's number, 1 for the first that ran.</param>
    void Result(IReadOnlyDictionary<string, JsonNode> bundle, int executionCount);

    /// <summary>What ended the cell before its time.</summary>
    void Error(CellError error);
}
