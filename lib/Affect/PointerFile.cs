namespace Affect;

/// <summary>
/// Tells the file that was wanted from what a clone or a download leaves in its place: a Git LFS pointer, a web page, or the few words of a server's
/// refusal.
/// </summary>
/// <remarks>Pointers: github.com/git-lfs/git-lfs, docs/spec.md; lines of key and value, <c>version</c> first, less than 1024 bytes.</remarks>
internal static class PointerFile
{
    private const int LookedAt = 1024;
    private const string Advice = "in a clone, run 'git lfs install' and 'git lfs pull'; otherwise download the file itself again";

    // hawser was git-lfs's first name.
    private static readonly string[] Versions =
        ["version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/", "# xet version "];

    private static readonly string[] Pages = ["<!doctype html", "<html", "<head>", "<head ", "<body>", "<body "];

    // The whole content of what Hugging Face, GitHub and their like send instead of a file.
    private static readonly string[] Answers =
    [
        "Entry not found", "Repository not found", "Not Found", "404: Not Found", "404 Not Found", "File not found", "Invalid username or password.",
        "Unauthorized", "401: Unauthorized", "Forbidden", "403 Forbidden", "Access Denied", "Internal Server Error", "Bad Gateway",
        "Too Many Requests",
    ];

    /// <summary>Checks that a file is there and is the one that was wanted.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is a pointer, a page or a server's answer; the message says what to do.</exception>
    internal static void RequireWanted(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        Refuse(path);
    }

    /// <summary>Refuses what stands in a file's place.</summary>
    /// <exception cref="FormatException">It is a pointer, a page or a server's answer; the message says what to do.</exception>
    internal static void Refuse(string path)
    {
        if (Describe(path) is { } problem) throw new FormatException($"{path} {problem}");
    }

    /// <summary>
    /// What stands in a file's place and what to do, to be read after the file's name; null for anything else, and for a file that cannot be opened.
    /// </summary>
    internal static string? Describe(string path)
    {
        if (RegularFile.WhyNot(path) is not null) return null; // a pipe would be waited for; whoever opens it next says what it is
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var start = new byte[(int)Math.Min(LookedAt, stream.Length)];
            return Describe(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)), stream.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // whoever opens it next says why it cannot be
        }
    }

    /// <summary>The same of bytes that have been read.</summary>
    /// <param name="content">The file's beginning, a kilobyte or more where it has them.</param>
    /// <param name="length">Bytes of the whole file.</param>
    internal static string? Describe(ReadOnlySpan<byte> content, long length)
    {
        if (content.StartsWith<byte>([0xEF, 0xBB, 0xBF])) content = content[3..];
        while (content.Length > 0 && content[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') content = content[1..];
        // Nothing of the kind begins otherwise; weights and media are not turned into text.
        if (content.Length == 0 || content[0] is < (byte)'#' or > (byte)'z') return null;
        var text = Encoding.Latin1.GetString(content[..Math.Min(content.Length, LookedAt)]);
        if (Versions.Any(version => text.StartsWith(version, StringComparison.Ordinal)))
            return FormattableString.Invariant($"is a Git LFS pointer ({length} bytes that stand for {Size(text)}), not the file itself: {Advice}.");
        if (Pages.Any(page => text.StartsWith(page, StringComparison.OrdinalIgnoreCase)) || IsPage(text))
        {
            return "is a web page (HTML), not the file itself, as a download gives it where one must sign in or the address is that of a page "
                + $"(on Hugging Face /blob/ for /resolve/): {Advice}.";
        }
        if (text.StartsWith("<?xml", StringComparison.Ordinal) && text.Contains("<Error>", StringComparison.Ordinal))
            return $"is a web page with a server's error, not the file itself: {Advice}.";
        return length <= 64 && Answers.FirstOrDefault(answer => string.Equals(text.Trim(), answer, StringComparison.OrdinalIgnoreCase)) is { } said
            ? $"is a server's answer ('{said}'), not the file itself: {Advice}."
            : null;
    }

    // XHTML, or a page that begins with a comment.
    private static bool IsPage(string text) =>
        (text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<!--", StringComparison.Ordinal)) &&
        (text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase));

    private static string Size(string pointer)
    {
        foreach (var line in pointer.Split('\n'))
            if (line.StartsWith("size ", StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(5), NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size))
                return string.Create(CultureInfo.InvariantCulture, $"a file of {size:N0}");
        return "another file";
    }
}
