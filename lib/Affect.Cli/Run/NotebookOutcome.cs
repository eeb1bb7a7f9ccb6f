namespace Affect.Cli.Run;

/// <summary>What one notebook of a run gave.</summary>
/// <param name="Name">Its file's name without folder and extension.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Claims">What it claimed.</param>
/// <param name="Results">What it recorded for programs, by name.</param>
/// <param name="Error">Why it did not come to its end; null when it did.</param>
internal sealed record NotebookOutcome(
    string Name, double Seconds, IReadOnlyList<ClaimReport> Claims, IReadOnlyList<KeyValuePair<string, JsonNode>> Results, string? Error)
{
    /// <summary>Whether a cell could not be stopped and still runs.</summary>
    internal bool HasLostCell { get; private init; }

    /// <summary>Whether it was interrupted.</summary>
    internal bool IsInterrupted { get; private init; }

    /// <summary>What a notebook gave that could be run.</summary>
    /// <param name="report">What became of it.</param>
    internal static NotebookOutcome Of(NotebookReport report)
    {
        var error = report.Error is null ? null : $"cell {report.Cells[^1].Number}: {report.Error.Summary}";
        return new NotebookOutcome(report.Name, report.Seconds, report.Claims, [.. ResultsOf(report.OutputPath)], error) { HasLostCell = report.HasLostCell, IsInterrupted = report.IsInterrupted };
    }

    /// <summary>A notebook that could not be begun.</summary>
    internal static NotebookOutcome Refused(string path, string reason) => new(Path.GetFileNameWithoutExtension(path), 0, [], [], reason);

    private static IEnumerable<KeyValuePair<string, JsonNode>> ResultsOf(string executed)
    {
        foreach (var cell in JsonNode.Parse(RegularFile.ReadAllText(executed))!["cells"]!.AsArray())
            foreach (var output in cell!["outputs"]?.AsArray() ?? [])
                if (output!["data"]?[RecordedResult.MimeTypeName] is { } result) yield return new((string)result["name"]!, result["value"]!.DeepClone());
    }
}
