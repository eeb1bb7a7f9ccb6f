namespace Affect.Text.BytePairs;

/// <summary>Bytes as visible characters, so that a vocabulary of byte strings can be written as text.</summary>
/// <remarks>Radford et al., <em>GPT-2</em>, 2019; reference: transformers 4.46, <c>bytes_to_unicode</c>: 188 bytes stand for themselves, the others are moved to 256 and up.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Make();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((character, value) => (character, value)).ToDictionary(entry => entry.character, entry => (byte)entry.value);

    /// <summary>The 256 characters in the order in which the original lists them: those that stand for themselves first.</summary>
    internal static IReadOnlyList<char> InListOrder { get; } = [.. Characters.Where(character => character < 256).Order(), .. Characters.Where(character => character >= 256).Order()];

    /// <summary>A text's UTF-8 bytes, one character each.</summary>
    internal static string Write(ReadOnlySpan<char> text)
    {
        // A half surrogate has no bytes; UTF-8's replacement character stands for it.
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(count, bytes, static (written, bytes) =>
        {
            for (var i = 0; i < written.Length; i++) written[i] = Characters[bytes[i]];
        });
    }

    /// <summary>The text whose bytes stand as characters; what is not UTF-8 is replaced, characters that stand for no byte are kept.</summary>
    internal static string Read(string written)
    {
        var bytes = new List<byte>(written.Length);
        foreach (var rune in written.EnumerateRunes())
        {
            if (rune.IsBmp && Bytes.TryGetValue((char)rune.Value, out var value)) bytes.Add(value);
            else bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static char[] Make()
    {
        var characters = new char[256];
        var moved = 256;
        for (var value = 0; value < 256; value++)
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)moved++;
        return characters;
    }
}
