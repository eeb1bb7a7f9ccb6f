namespace Affect.Tests.Cells;

/// <summary>Keeps what this test displays, as a kernel hears of it; other tests display at the same time.</summary>
internal sealed class RecordingTarget
{
    private static readonly AsyncLocal<RecordingTarget?> Flow = new();

    private readonly Lock gate = new();

    public List<(string Kind, string DisplayId, IReadOnlyDictionary<string, JsonNode> Bundle)> Calls { get; } = [];

    public IReadOnlyList<string> Texts => [.. Calls.Select(call => call.Bundle["text/plain"].ToString())];

    /// <summary>Listens until the answer is disposed.</summary>
    public IDisposable Use()
    {
        Flow.Value = this;
        return Formatter.SubscribeToDisplayedValues(shown =>
        {
            if (Flow.Value != this) return;
            var bundle = shown.FormattedValues.ToDictionary(form => form.MimeType, form => form.MimeType.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(form.Value)! : form.Value);
            lock (gate) Calls.Add((shown.IsUpdated ? "update" : "show", shown.DisplayId, bundle));
        });
    }
}
