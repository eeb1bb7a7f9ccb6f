namespace Affect.Kernel.Errors;

/// <summary>A line of source with a mark under what is meant.</summary>
internal static class SourceExcerpt
{
    private const int LongestLine = 200;

    /// <summary>Where something is, as in <c>cell[3]:line 2</c>; a file is named without its folder.</summary>
    internal static string Place(string name, int line) =>
        FormattableString.Invariant($"{(Path.IsPathRooted(name) ? Path.GetFileName(name) : name)}:line {line}");

    /// <summary>
    /// A line, from 1, and carets under it from a column on, from 0; a negative one marks all of it. Nothing where there is no such line.
    /// </summary>
    internal static IEnumerable<string> Lines(string text, int line, int column, int length)
    {
        var lines = text.Split('\n');
        if (line < 1 || line > lines.Length) yield break;
        // A tab takes one column here, as it does in the carets' line.
        var source = lines[line - 1].TrimEnd().Replace('\t', ' ');
        if (source.Length == 0) yield break;
        if (column < 0) (column, length) = (source.Length - source.TrimStart().Length, source.Length);
        column = Math.Min(column, source.Length);
        if (source.Length > LongestLine)
        {
            var from = Math.Clamp(column - LongestLine / 2, 0, source.Length - LongestLine);
            (source, column) = (source.Substring(from, LongestLine), column - from);
        }
        yield return "    " + source;
        yield return "    " + new string(' ', column) + new string('^', Math.Clamp(length, 1, Math.Max(1, source.Length - column)));
    }
}
