namespace Affect.Data;

/// <summary>What the name of a published corpus's file says.</summary>
/// <param name="Corpus">The corpus whose names are of this form.</param>
/// <param name="Speaker">Who speaks.</param>
internal sealed record SchemeMatch(string Corpus, string Speaker)
{
    /// <summary>The recording session; null where the name tells none.</summary>
    internal string? Session { get; init; }
}
