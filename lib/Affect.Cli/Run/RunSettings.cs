namespace Affect.Cli.Run;

/// <summary>What <c>lab run</c> is asked for.</summary>
internal sealed record RunSettings
{
    /// <summary>A tiny corpus and a tiny encoder, to see in a minute that everything works.</summary>
    internal bool IsQuick { get; init; }

    /// <summary>A corpus of the user's; null generates Mimic.</summary>
    internal string? CorpusPath { get; init; }

    /// <summary>How many clips of Mimic to generate.</summary>
    internal int Clips { get; init; } = 960;

    /// <summary>The encoder, as <c>lab extract</c> names it; null takes HuBERT-base with random weights (a tiny one when quick).</summary>
    internal string? Encoder { get; init; }

    /// <summary>How many speaker-disjoint folds.</summary>
    internal int Folds { get; init; } = 5;

    /// <summary>Seed of the corpus, of random weights, of the folds and of the intervals.</summary>
    internal int Seed { get; init; } = 1;

    /// <summary>Where the report is written.</summary>
    internal required string Out { get; init; }

    /// <summary>Where generated clips and features are kept between runs.</summary>
    internal required string Cache { get; init; }

    /// <summary>A plotly.js file to copy beside the page; null takes the one that is already there or in <c>data/</c>, if any.</summary>
    internal string? Plotly { get; init; }
}
