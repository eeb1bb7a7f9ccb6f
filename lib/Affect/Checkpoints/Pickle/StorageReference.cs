namespace Affect.Checkpoints.Pickle;

/// <summary>A storage of a PyTorch file: an entry of the archive that tensors look into.</summary>
/// <param name="Key">The entry's name below <c>data/</c>.</param>
/// <param name="Type">The number format; null for storages of raw bytes.</param>
/// <param name="Count">How many numbers (bytes, if untyped) the pickle says it holds.</param>
internal sealed record StorageReference(string Key, ScalarType? Type, long Count);
