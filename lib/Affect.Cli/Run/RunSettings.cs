namespace Affect.Cli.Run;

/// <summary>What <c>lab run</c> is asked for.</summary>
internal sealed record RunSettings
{
    /// <summary>The notebooks, in the order in which they are run.</summary>
    internal required IReadOnlyList<string> Notebooks { get; init; }

    /// <summary>Each notebook's own small settings, to see that everything works.</summary>
    internal bool IsQuick { get; init; }

    /// <summary>Values for those notebooks that have a parameter of the name.</summary>
    internal required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>How long one cell may run; by default for ever.</summary>
    internal TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Where the report is written.</summary>
    internal required string Out { get; init; }

    /// <summary>Where generated clips and features are kept between runs.</summary>
    internal required string Cache { get; init; }

    /// <summary>The text of plotly.js, which is written beside the pages: their figures then answer to the pointer; null: none.</summary>
    internal string? Plotly { get; init; }
}
