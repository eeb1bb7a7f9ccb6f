namespace Affect.Checkpoints;

/// <summary>How a checkpoint's tensors met a model's.</summary>
public sealed record LoadReport
{
    /// <summary>How many of the model's tensors were loaded.</summary>
    public required int Loaded { get; init; }

    /// <summary>Names of the model that the file does not hold, though it should.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Names of the file that the model does not have, and that nobody said to ignore.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>Tensors whose shapes differ, as in <c>name: model [32, 64], file [64, 64]</c>.</summary>
    public required IReadOnlyList<string> WrongShape { get; init; }

    /// <summary>True if everything met.</summary>
    public bool IsExact => Missing.Count == 0 && Unexpected.Count == 0 && WrongShape.Count == 0;

    /// <summary>What did not meet, in words: the first few names of each kind.</summary>
    public override string ToString() => IsExact
        ? $"{Loaded} tensors loaded"
        : string.Join("; ", [.. Part("missing", Missing), .. Part("unexpected", Unexpected), .. Part("of another shape", WrongShape)]);

    private static string[] Part(string kind, IReadOnlyList<string> names)
    {
        const int shown = 8;
        var more = names.Count > shown ? $", and {names.Count - shown} more" : "";
        return names.Count == 0 ? [] : [$"{names.Count} {kind}: {string.Join(", ", names.Take(shown))}{more}"];
    }
}
