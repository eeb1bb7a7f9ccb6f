namespace Affect.Kernel.Language;

/// <summary>The protocol counts cursor positions in code points, C# in UTF-16 units: 😀 is one of the former and two of the latter.</summary>
internal static class CodePoints
{
    /// <summary>The index of a position in a text; at its end where the position lies beyond it.</summary>
    internal static int ToIndex(string text, int position)
    {
        var index = 0;
        for (; position > 0 && index < text.Length; position--) index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>The position of an index.</summary>
    internal static int ToPosition(string text, int index)
    {
        var position = 0;
        for (var i = 0; i < index; position++) i += char.IsSurrogatePair(text, i) ? 2 : 1;
        return position;
    }
}
