namespace Affect.Features;

/// <summary>A clip of a store.</summary>
/// <param name="Id">The clip's id.</param>
/// <param name="MediaHash">The SHA-256 of its media file, or of its transcript, hexadecimal.</param>
/// <param name="Samples">How long it is, in samples, pictures or texts.</param>
public sealed record StoredClip(string Id, string MediaHash, long Samples)
{
    /// <summary>
    /// The clip's name in the store, 64 hexadecimal digits. Made of id and content: ids are data and may hold anything, and the same id in another
    /// corpus, or a file that has changed, is another clip.
    /// </summary>
    public string Key => KeyOf(Id, MediaHash);

    internal const int KeyLength = 64;

    internal static string KeyOf(string id, string mediaHash) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{mediaHash}\n{id}")));
}
