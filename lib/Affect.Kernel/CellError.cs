namespace Affect.Kernel;

/// <summary>What went wrong in a cell, ready to be shown.</summary>
public sealed record CellError
{
    /// <summary>The exception's type, or the compiler's code as in <c>CS0103</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The message.</summary>
    public required string Message { get; init; }

    /// <summary>The whole report, a line each: message, <c>cell[n]:line k</c> with the source and carets, inner exceptions.</summary>
    public required IReadOnlyList<string> Traceback { get; init; }

    /// <summary>Where the user's code was, as in <c>cell[3]:line 2</c>; null where no line is known.</summary>
    public string? Place { get; init; }

    /// <summary>Place and message in one line.</summary>
    public string Summary => Place is { } place ? $"{place}: {Name}: {Message}" : $"{Name}: {Message}";

    /// <summary>What Jupyter's protocol says of an error.</summary>
    internal JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["traceback"] = new JsonArray([.. Traceback.Select(line => (JsonNode)line)]),
    };
}
