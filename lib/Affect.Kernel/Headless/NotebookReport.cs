namespace Affect.Kernel.Headless;

/// <summary>What became of a notebook.</summary>
public sealed record NotebookReport
{
    /// <summary>The notebook that was run.</summary>
    public required string Path { get; init; }

    /// <summary>The executed copy.</summary>
    public required string OutputPath { get; init; }

    /// <summary>How long it took, compiling included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Its code cells as far as it came.</summary>
    public required IReadOnlyList<CellReport> Cells { get; init; }

    /// <summary>What it claimed, in order.</summary>
    public required IReadOnlyList<ClaimReport> Claims { get; init; }

    /// <summary>What stopped it; null when it ran to its end.</summary>
    public CellError? Error { get; init; }

    /// <summary>Whether the run was cancelled.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Whether a cell could not be stopped: its thread still runs, and a process that ends in the ordinary way may crash under it.</summary>
    public bool HasLostCell { get; init; }

    /// <summary>Its file's name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
