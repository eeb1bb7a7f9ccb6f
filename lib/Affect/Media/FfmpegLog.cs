namespace Affect.Media;

/// <summary>What a child said on its error stream: its input's tracks, its pictures' times, and its errors in a few words.</summary>
/// <param name="opened">The input as ffmpeg was told it; its name is left out of the words.</param>
internal sealed class FfmpegLog(string? opened = null)
{
    private const int KeptErrors = 3;
    private const int KeptCharacters = 300;
    private static readonly string[] Levels = ["[error] ", "[fatal] ", "[panic] "];
    // A file chooses what ffmpeg says of it: these take a time that grows with a line's length and no faster.
    private static readonly Regex InputLine = Pattern(@"^\[info\] Input #0, (?<container>[^,]*)");
    private static readonly Regex DurationLine = Pattern(@"^\[info\]   Duration: (?<time>[^,]+),");
    // "[info]   Stream #0:1[0x2](eng): Audio: aac (LC), 16000 Hz, mono, fltp (default)"
    private static readonly Regex TrackLine = Pattern(@"^\[info\]   Stream #[^:]*:(?<index>\d+).*?: (?<kind>Audio|Video): (?<codec>[^ ,]*)");
    private static readonly Regex Rate = Pattern(@", (?<rate>\d+) Hz");
    private static readonly Regex ChannelCount = Pattern(@", (?<count>\d+) channels");
    private static readonly Regex GraphLine = Pattern(@"^\[graph .* input from stream .*\[verbose\] w:");
    private static readonly Regex ScaleLine = Pattern(@"^\[Parsed_scale_.*?\] (?<form>\[.*?) -> ");
    private static readonly Regex ClockLine = Pattern(@"config in time_base: (?<base>\d+)/(?<units>\d+), frame_rate: (?<pictures>\d+)/(?<span>\d+)");
    // "... n:   0 pts:    100 pts_time:0.1 ... s:43x32 ..."
    private static readonly Regex StampLine = Pattern(@" n: *\d+ pts: *(?<time>\S+) .* s:(?<width>\d+)x(?<height>\d+)");

    private readonly Lock gate = new();
    private readonly List<string> errors = [];
    private readonly List<MediaTrack> sounds = [];
    private readonly List<MediaTrack> pictures = [];
    private readonly Dictionary<int, int> rates = [];
    private readonly Channel<PictureStamp> stamps = Channel.CreateUnbounded<PictureStamp>();
    private bool isEstimate;
    private string? pictureForm;
    private int pictureGraphs;
    private (int Above, int Below) timeBase = (1, 1);
    private double? pictureSeconds;

    /// <summary>The input's container by ffmpeg's first name for it, as in <c>mov</c>.</summary>
    internal string? Container { get; private set; }

    /// <summary>Seconds that the first input claims to last; null where it does not say.</summary>
    internal double? DeclaredSeconds { get; private set; }

    /// <summary>How many streams the input holds, of any kind.</summary>
    internal int Streams { get; private set; }

    internal bool HasAudio => sounds.Count > 0;

    internal bool HasVideo => pictures.Count > 0;

    /// <summary>The most channels of a sound track; 0 where none says.</summary>
    internal int Channels { get; private set; }

    /// <summary>The sample rate of the sound track that is the clip's, in hertz; null where it does not say.</summary>
    internal int? SampleRate => MediaTrack.Best(sounds) is { } best && rates.TryGetValue(best.Index, out var rate) ? rate : null;

    /// <summary>True once all tracks of the input have been told.</summary>
    internal bool IsInputTold { get; private set; }

    /// <summary>True once the size, format or shape of the pictures changed within the stream (<c>-v level+verbose</c>).</summary>
    internal bool PicturesChange { get; private set; }

    /// <summary>True once something was said at level error or worse.</summary>
    internal bool HasErrors { get; private set; }

    /// <summary>True once the demuxer said that the file stops before its own index does.</summary>
    internal bool EndsEarly { get; private set; }

    /// <summary>The kind of file that was recognised and refused; null when none was.</summary>
    internal string? RefusedContainer { get; private set; }

    /// <summary>Takes a line in.</summary>
    internal void Add(string line)
    {
        lock (gate)
        {
            ReadInput(line);
            ReadPicture(line);
            EndsEarly |= line.EndsWith(": partial file", StringComparison.Ordinal)
                || line.EndsWith("File ended prematurely", StringComparison.Ordinal)
                || (line.StartsWith("[avi @", StringComparison.Ordinal) && line.Contains("Packet corrupt", StringComparison.Ordinal));
            // A length worked out from the file's size says nothing of what should be there.
            isEstimate |= line.Contains("Estimating duration from bitrate", StringComparison.Ordinal);
            if (Array.Find(Levels, level => line.Contains(level, StringComparison.Ordinal)) is { } level) AddError(line, level);
        }
    }

    /// <summary>Nothing more will be said.</summary>
    internal void Close() => stamps.Writer.TryComplete();

    internal bool Says(string words)
    {
        lock (gate) return errors.Exists(error => error.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The child's own words in one line; empty when it said nothing.</summary>
    internal string Summary()
    {
        lock (gate) return string.Join("; ", errors);
    }

    /// <summary>The first sound track where it is not the clip's: how ffmpeg is told to take the one that is. Null where the first one is.</summary>
    internal string? OtherSound() => Other(sounds);

    /// <summary>The first picture track where it is not the clip's, alike.</summary>
    internal string? OtherPictures() => Other(pictures);

    /// <summary>Waits for the next picture's time and size; null after the last one.</summary>
    internal PictureStamp? NextStamp()
    {
        while (stamps.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            if (stamps.Reader.TryRead(out var stamp)) return stamp;
        return null;
    }

    private string? Other(List<MediaTrack> tracks)
    {
        lock (gate)
            return MediaTrack.Best(tracks) is { } best && best.Index != tracks.Min(track => track.Index) ? FfmpegArguments.Track(best.Index) : null;
    }

    // The same lines follow for the output, which does not count.
    private void ReadInput(string line)
    {
        if (IsInputTold) return;
        if (line.StartsWith("[info] Output #", StringComparison.Ordinal) || line.StartsWith("[info] Stream mapping", StringComparison.Ordinal))
            IsInputTold = true;
        else if (InputLine.Match(line) is { Success: true } input) Container = input.Groups["container"].Value;
        else if (DurationLine.Match(line) is { Success: true } told && DeclaredSeconds is null && !isEstimate)
            DeclaredSeconds = TimeSpan.TryParse(told.Groups["time"].Value, CultureInfo.InvariantCulture, out var duration)
                ? duration.TotalSeconds
                : null;
        else if (line.StartsWith("[info]   Stream #", StringComparison.Ordinal))
        {
            Streams++;
            if (TrackLine.Match(line) is { Success: true } track)
                AddTrack(line, track.Groups["kind"].Value, Number(track, "index") ?? 0, track.Groups["codec"].Value);
        }
    }

    private void AddTrack(string line, string kind, int index, string codec)
    {
        bool Bears(string mark) => line.Contains($" ({mark})", StringComparison.Ordinal);
        var isAside = Array.Exists(MediaTrack.AsideMarks, Bears);
        if (kind == "Audio")
        {
            sounds.Add(new MediaTrack(index, Bears("default"), isAside, IsStill: false));
            if (Number(Rate.Match(line), "rate") is { } rate) rates[index] = rate;
            Channels = Math.Max(Channels, Number(ChannelCount.Match(line), "count") ?? 0);
        }
        else if (!Bears("attached pic"))
        {
            pictures.Add(new MediaTrack(index, Bears("default"), isAside, MediaTrack.IsStillCodec(codec)));
        }
    }

    // The filters say what they are set up for; a second form means that the stream changed under them.
    private void ReadPicture(string line)
    {
        if (line.StartsWith("[Parsed_showinfo_", StringComparison.Ordinal)) ReadStamp(line);
        else if (GraphLine.IsMatch(line)) PicturesChange |= ++pictureGraphs > 1;
        else if (ScaleLine.Match(line) is { Success: true } scale)
        {
            PicturesChange |= pictureForm is not null && pictureForm != scale.Groups["form"].Value;
            pictureForm = scale.Groups["form"].Value;
        }
    }

    private void ReadStamp(string line)
    {
        if (ClockLine.Match(line) is { Success: true } clock)
        {
            timeBase = Pair(clock, "base", "units") ?? timeBase;
            pictureSeconds = Pair(clock, "span", "pictures") is var (above, below) ? above / (double)below : pictureSeconds;
        }
        else if (StampLine.Match(line) is { Success: true } stamp && Pair(stamp, "width", "height") is var (width, height))
        {
            var isTimed = long.TryParse(stamp.Groups["time"].Value, CultureInfo.InvariantCulture, out var time);
            double? seconds = isTimed ? time * (double)timeBase.Above / timeBase.Below : null;
            stamps.Writer.TryWrite(new PictureStamp(seconds, pictureSeconds, width, height));
        }
    }

    // "[flac @ 0x55d0c8] [error] invalid residual" -> "flac: invalid residual": the address changes from run to run.
    private void AddError(string line, string level)
    {
        HasErrors = true;
        var words = line[(line.IndexOf(level, StringComparison.Ordinal) + level.Length)..].Trim();
        // The file has been named already.
        if (opened is not null && words.StartsWith(opened + ": ", StringComparison.Ordinal)) words = words[(opened.Length + 2)..];
        var isNamed = line.StartsWith('[') && line.Contains(" @ 0x", StringComparison.Ordinal);
        var told = isNamed && !line.StartsWith("[NULL ", StringComparison.Ordinal) ? $"{line[1..].Split(" @ 0x")[0].Split(',')[0]}: {words}" : words;
        told = MediaException.Printable(told.Length <= KeptCharacters ? told : told[..KeptCharacters] + "...");
        if (told.IndexOf(": Format not on whitelist", StringComparison.Ordinal) is > 0 and var end) RefusedContainer = told[..end];
        // ffmpeg repeats itself once per packet; one of each is enough.
        else if (errors.Count < KeptErrors && !errors.Contains(told, StringComparer.Ordinal)) errors.Add(told);
    }

    private static Regex Pattern(string expression) => new(expression, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static int? Number(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (int, int)? Pair(Match match, string first, string second) =>
        Number(match, first) is > 0 and var one && Number(match, second) is > 0 and var other ? (one, other) : null;

    /// <summary>When a decoded picture is shown, and its size in pixels.</summary>
    /// <param name="Seconds">On the clip's clock; null where the stream does not say.</param>
    /// <param name="Duration">How long a picture is shown at the stream's rate, in seconds; null where unknown.</param>
    /// <param name="Width">Pixels.</param>
    /// <param name="Height">Pixels.</param>
    internal sealed record PictureStamp(double? Seconds, double? Duration, int Width, int Height);
}
