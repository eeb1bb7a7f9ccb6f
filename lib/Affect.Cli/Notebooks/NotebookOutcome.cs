namespace Affect.Cli.Notebooks;

/// <summary>What one notebook of a run gave.</summary>
/// <param name="Name">Its file's name without folder and extension.</param>
/// <param name="Error">Why it did not come to its end; null when it did.</param>
internal sealed record NotebookOutcome(string Name, string? Error)
{
    internal double Seconds { get; private init; }

    internal IReadOnlyList<ClaimReport> Claims { get; private init; } = [];

    /// <summary>What it recorded for programs, by name.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonNode>> Results { get; private init; } = [];

    /// <summary>Whether a cell could not be stopped and still runs.</summary>
    internal bool HasLostCell { get; private init; }

    internal bool IsInterrupted { get; private init; }

    /// <summary>What a notebook gave that could be run.</summary>
    internal static NotebookOutcome Of(NotebookReport report) =>
        new(report.Name, report.Error is null ? null : $"cell {report.Cells[^1].Number}: {report.Error.Summary}")
        {
            Seconds = report.Seconds,
            Claims = report.Claims,
            Results =
        [
            .. NotebookDocument.Read(report.OutputPath).Cells.SelectMany(cell => cell.Outputs)
                .Select(output => output["data"]?[RecordedResult.MimeTypeName]).OfType<JsonNode>()
                .Select(result => KeyValuePair.Create((string)result["name"]!, result["value"]!)),
        ],
            HasLostCell = report.HasLostCell,
            IsInterrupted = report.IsInterrupted,
        };

    /// <summary>A notebook that could not be begun.</summary>
    internal static NotebookOutcome Refused(string path, string reason) => new(Path.GetFileNameWithoutExtension(path), reason);
}
