namespace Affect.Text;

/// <summary>Bytes as visible characters, so that a vocabulary of byte strings can be written as text.</summary>
/// <remarks>
/// Radford et al., <em>GPT-2</em>, 2019; reference: transformers 4.46, <c>bytes_to_unicode</c>: 188 bytes stand for themselves, the others are moved
/// to 256 and up.
/// </remarks>
internal static class ByteAlphabet
{
    private static readonly string[] Characters = Make();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(value => Characters[value][0], value => (byte)value);

    /// <summary>The 256 characters in the order in which the original lists them: those that stand for themselves first.</summary>
    internal static IReadOnlyList<string> InListOrder { get; } = [.. Characters.OrderBy(character => character[0])];

    /// <summary>A text's UTF-8 bytes, one character each. A half surrogate has no bytes; UTF-8's replacement character stands for it.</summary>
    internal static string[] Letters(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return Array.ConvertAll(bytes, value => Characters[value]);
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

    private static string[] Make()
    {
        var characters = new string[256];
        var moved = (char)256;
        for (var value = '\0'; value < 256; value++)
        {
            var isVisible = value is (>= '!' and <= '~') or (>= '\u00A1' and <= '\u00AC') or (>= '\u00AE' and <= '\u00FF');
            characters[value] = (isVisible ? value : moved++).ToString();
        }
        return characters;
    }
}
