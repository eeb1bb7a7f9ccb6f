namespace Affect.Media;

/// <summary>A media file cannot be read or written; the message names the file, the wish, what was found and what to do.</summary>
/// <remarks>A batch catches this for one clip and goes on. A missing ffmpeg is a <see cref="FileNotFoundException"/>: no clip's fault.</remarks>
public sealed class MediaException : IOException
{
    /// <summary>An error about one file.</summary>
    /// <param name="mediaPath">The file, as the caller gave it.</param>
    /// <param name="problem">What was expected, what was found and what to do; follows the file's name and a colon.</param>
    /// <param name="cause">The error beneath, if any.</param>
    public MediaException(string mediaPath, string problem, Exception? cause = null)
        : base($"{Printable(mediaPath)}: {problem}", cause) => MediaPath = mediaPath;

    /// <summary>The file, as the caller gave it.</summary>
    public string MediaPath { get; }

    // Names are data: a line feed or an escape sequence in one must not reach the terminal or break the line.
    internal static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter == '\n') printable.Append("\\n");
            else if (char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator)
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else printable.Append(letter);
        }
        return printable.ToString();
    }
}
