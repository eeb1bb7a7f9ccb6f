namespace Affect.Kernel.Showing;

/// <summary>Puts together what one stream gets in pieces that end within a character: a pair of UTF-16, or the bytes of one in UTF-8.</summary>
/// <remarks>
/// Each thread's own half waits for the rest that the same thread writes. What goes on after an <c>await</c> may be another thread: a rest that
/// none of its thread waits for belongs to whichever half there is.
/// </remarks>
internal sealed class Halves
{
    private readonly Dictionary<int, char> halves = [];
    private readonly Dictionary<int, byte[]> beginnings = [];

    /// <summary>The whole characters that a piece of text completes.</summary>
    internal string Join(string text)
    {
        if (text.Length == 0) return text;
        if (TryTake(halves, char.IsLowSurrogate(text[0]), out var half)) text = half + text;
        if (char.IsHighSurrogate(text[^1]))
        {
            halves[Environment.CurrentManagedThreadId] = text[^1];
            text = text[..^1];
        }
        // A half within the text cannot be sent anywhere: it becomes the mark that Unicode has for it.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The whole characters that some bytes of UTF-8 complete.</summary>
    internal string Join(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "";
        if (TryTake(beginnings, (bytes[0] & 0xC0) == 0x80, out var beginning)) bytes = (byte[])[.. beginning, .. bytes];
        // At most three bytes of a character can stand there without its last.
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if (Rune.DecodeFromUtf8(bytes[^length..], out _, out _) != OperationStatus.NeedMoreData) continue;
            beginnings[Environment.CurrentManagedThreadId] = bytes[^length..].ToArray();
            bytes = bytes[..^length];
            break;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>What never became whole, as the mark that Unicode has for it.</summary>
    internal string Rest()
    {
        var count = halves.Count + beginnings.Count;
        halves.Clear();
        beginnings.Clear();
        return new string('\uFFFD', count);
    }

    private static bool TryTake<T>(Dictionary<int, T> waiting, bool goesOn, [MaybeNullWhen(false)] out T half) =>
        waiting.Remove(Environment.CurrentManagedThreadId, out half) || goesOn && waiting.Count > 0 && waiting.Remove(waiting.Keys.First(), out half);
}
