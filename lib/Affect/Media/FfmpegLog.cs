namespace Affect.Media;

/// <summary>What a child said on its error stream (<c>-v level+info</c>): kept in bounded memory and put in a few words.</summary>
/// <param name="opened">The input as ffmpeg was told it; its name is left out of the words.</param>
internal sealed partial class FfmpegLog(string? opened = null)
{
    private const int KeptErrors = 3;
    private const int KeptCharacters = 300;
    private static readonly string[] Levels = ["[error] ", "[fatal] ", "[panic] "];
    private readonly Lock gate = new();
    private readonly List<string> errors = [];
    private bool isOutput;
    private bool isEstimate;

    /// <summary>Seconds that the first input claims to last; null where it does not say.</summary>
    internal double? DeclaredSeconds { get; private set; }

    /// <summary>How many streams the input holds, and of which kinds.</summary>
    internal int Streams { get; private set; }

    /// <summary>True once something was said at level error or worse.</summary>
    internal bool HasErrors { get; private set; }

    /// <summary>The input's container by ffmpeg's first name for it, as in <c>mov</c>.</summary>
    internal string? Container { get; private set; }

    /// <summary>True once the demuxer said that the file stops before its own index does.</summary>
    internal bool EndsEarly { get; private set; }

    /// <summary>The kind of file that was recognised and refused; null when none was.</summary>
    internal string? RefusedContainer { get; private set; }

    internal void Add(string line)
    {
        lock (gate)
        {
            ReadInput(line);
            ReadPicture(line);
            EndsEarly |= line.EndsWith(": partial file", StringComparison.Ordinal) || line.EndsWith("File ended prematurely", StringComparison.Ordinal) ||
                (line.StartsWith("[avi @", StringComparison.Ordinal) && line.Contains("Packet corrupt", StringComparison.Ordinal));
            // A length worked out from the file's size says nothing of what should be there.
            isEstimate |= line.Contains("Estimating duration from bitrate", StringComparison.Ordinal);
            if (!IsError(line)) return;
            HasErrors = true;
            var told = Plain(line);
            if (told.IndexOf(": Format not on whitelist", StringComparison.Ordinal) is > 0 and var end)
            {
                RefusedContainer = told[..end];
                return;
            }
            // ffmpeg repeats itself once per packet; one of each is enough.
            if (errors.Count < KeptErrors && !errors.Contains(told, StringComparer.Ordinal)) errors.Add(told);
        }
    }

    internal bool Says(string words)
    {
        lock (gate) return errors.Exists(error => error.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The child's own words in one line; empty when it said nothing.</summary>
    internal string Summary()
    {
        lock (gate) return string.Join("; ", errors);
    }

    private void ReadInput(string line)
    {
        const string Info = "[info]   ";
        const string Input = "[info] Input #0, ";
        if (line.StartsWith(Input, StringComparison.Ordinal)) Container = line[Input.Length..].Split(',')[0];
        if (isOutput || !line.StartsWith(Info, StringComparison.Ordinal))
        {
            // The same lines follow for the output, which does not count.
            isOutput |= line.StartsWith("[info] Output #", StringComparison.Ordinal) || line.StartsWith("[info] Stream mapping", StringComparison.Ordinal);
            return;
        }
        var text = line.AsSpan(Info.Length);
        if (text.StartsWith("Duration: ") && DeclaredSeconds is null && !isEstimate)
        {
            var end = text.IndexOf(',');
            if (end > 0 && TimeSpan.TryParse(text["Duration: ".Length..end], CultureInfo.InvariantCulture, out var duration))
                DeclaredSeconds = duration.TotalSeconds;
        }
        else if (text.StartsWith("Stream #"))
        {
            Streams++;
            ReadTrack(text["Stream #".Length..].ToString());
        }
    }

    private static bool IsError(string line) => Array.Exists(Levels, level => line.Contains(level, StringComparison.Ordinal));

    // "[flac @ 0x55d0c8] [error] invalid residual" -> "flac: invalid residual": the address changes from run to run.
    private string Plain(string line)
    {
        var source = "";
        if (line.StartsWith('[') && !line.StartsWith("[NULL ", StringComparison.Ordinal) && line.IndexOf(" @ 0x", StringComparison.Ordinal) is > 0 and var at) source = line[1..at].Split(',')[0] + ": ";
        var level = Levels.First(level => line.Contains(level, StringComparison.Ordinal));
        var words = line[(line.IndexOf(level, StringComparison.Ordinal) + level.Length)..].Trim();
        // The file has been named already.
        if (opened is not null && words.StartsWith(opened + ": ", StringComparison.Ordinal)) words = words[(opened.Length + 2)..];
        var told = source + words;
        return MediaException.Printable(told.Length <= KeptCharacters ? told : told[..KeptCharacters] + "...");
    }
}
