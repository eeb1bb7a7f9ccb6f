namespace Affect.Cli.Bench;

/// <summary>Medians of one case beside one peer.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="OursSeconds">Our median.</param>
/// <param name="Peer">The peer's name; null where there was none.</param>
/// <param name="PeerSeconds">The peer's median.</param>
/// <param name="Ratio">Our time divided by the peer's: below 1 we are faster.</param>
internal sealed record BenchResult(
    [property: JsonPropertyName("case")] string Case,
    [property: JsonPropertyName("ours_s")] double OursSeconds,
    [property: JsonPropertyName("peer")] string? Peer,
    [property: JsonPropertyName("peer_s")] double? PeerSeconds,
    [property: JsonPropertyName("ratio")] double? Ratio);
