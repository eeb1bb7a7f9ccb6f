namespace Affect.Features;

/// <summary>A clip that gave no features, and why.</summary>
/// <param name="ClipId">The clip's id.</param>
/// <param name="MediaPath">The file; null where the clip names none.</param>
/// <param name="Reason">What was wrong, for a person to read.</param>
public sealed record ClipFailure(string ClipId, string? MediaPath, string Reason);
