namespace Affect.Kernel.Completion;

/// <summary>The protocol counts cursor positions in code points, C# in UTF-16 units: 😀 is one of the former and two of the latter.</summary>
internal static class CodePoints
{
    /// <summary>The index of a position in a text; at its end where the position lies beyond it.</summary>
    internal static int ToIndex(string text, int position) => text.EnumerateRunes().Take(position).Sum(rune => rune.Utf16SequenceLength);

    /// <summary>The position of an index.</summary>
    internal static int ToPosition(string text, int index) => text[..index].EnumerateRunes().Count();
}
