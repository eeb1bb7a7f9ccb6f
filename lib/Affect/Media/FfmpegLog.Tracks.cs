namespace Affect.Media;

/// <content>The tracks of the input, and what the filters say of its pictures.</content>
internal sealed partial class FfmpegLog
{
    private readonly List<MediaTrack> sounds = [];
    private readonly List<MediaTrack> pictures = [];
    private readonly Dictionary<int, int> rates = [];
    private readonly Channel<PictureStamp> stamps = Channel.CreateUnbounded<PictureStamp>();
    private string? pictureForm;
    private int pictureGraphs;
    private (long Above, long Below) timeBase = (1, 1);
    private double? pictureSeconds;

    internal bool HasAudio => sounds.Count > 0;

    internal bool HasVideo => pictures.Count > 0;

    /// <summary>The most channels of a sound track; 0 where none says.</summary>
    internal int Channels { get; private set; }

    /// <summary>The sample rate of the sound track that is the clip's, in hertz; null where it does not say.</summary>
    internal int? SampleRate => BestSound is { } best && rates.TryGetValue(best.Index, out var rate) ? rate : null;

    /// <summary>True once the size, format or shape of the pictures changed within the stream (<c>-v level+verbose</c>).</summary>
    internal bool PicturesChange { get; private set; }

    /// <summary>True once all tracks of the input have been told.</summary>
    internal bool IsInputTold => isOutput;

    /// <summary>The first sound track where it is not the clip's: how ffmpeg is told to take the one that is. Null where the first one is.</summary>
    internal string? OtherSound => Other(sounds);

    /// <summary>The first picture track where it is not the clip's, alike.</summary>
    internal string? OtherPictures => Other(pictures);

    private MediaTrack? BestSound
    {
        get
        {
            lock (gate) return MediaTrack.Best(sounds);
        }
    }

    /// <summary>Nothing more will be said.</summary>
    internal void Close() => stamps.Writer.TryComplete();

    /// <summary>Waits for the next picture's time and size; null after the last one.</summary>
    internal PictureStamp? NextStamp()
    {
        while (stamps.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            if (stamps.Reader.TryRead(out var stamp)) return stamp;
        return null;
    }

    // "0:1[0x2](eng): Audio: aac (LC), 16000 Hz, mono, fltp (default)"
    private void ReadTrack(string text)
    {
        const string Audio = ": Audio: ";
        const string Video = ": Video: ";
        var digits = text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        if (end <= 0 || !int.TryParse(digits[..end], CultureInfo.InvariantCulture, out var index)) return;
        var isAside = Array.Exists(MediaTrack.AsideMarks, mark => text.Contains($" ({mark})", StringComparison.Ordinal));
        var isDefault = text.Contains(" (default)", StringComparison.Ordinal);
        if (text.IndexOf(Audio, StringComparison.Ordinal) is >= 0 and var sound)
        {
            sounds.Add(new MediaTrack(index, isDefault, isAside, IsStill: false));
            foreach (var part in text[(sound + Audio.Length)..].Split(", "))
            {
                if (Before(part, " Hz") is { } rate) rates[index] = rate;
                if (Before(part, " channels") is { } count) Channels = Math.Max(Channels, count);
            }
        }
        else if (text.IndexOf(Video, StringComparison.Ordinal) is >= 0 and var picture && !text.Contains(" (attached pic)", StringComparison.Ordinal))
        {
            var codec = text[(picture + Video.Length)..].Split(' ', ',')[0];
            pictures.Add(new MediaTrack(index, isDefault, isAside, MediaTrack.IsStillCodec(codec)));
        }
    }

    private static int? Before(string part, string unit) =>
        part.IndexOf(unit, StringComparison.Ordinal) is > 0 and var end && int.TryParse(part[..end], CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Other(List<MediaTrack> tracks)
    {
        lock (gate)
        {
            return MediaTrack.Best(tracks) is { } best && best.Index != tracks.Min(track => track.Index) ? FfmpegArguments.Track(best.Index) : null;
        }
    }

    // The filters say what they are set up for; a second form means that the stream changed under them.
    private void ReadPicture(string line)
    {
        if (!line.StartsWith('[')) return;
        if (line.StartsWith("[Parsed_showinfo_", StringComparison.Ordinal)) ReadStamp(line);
        else if (line.StartsWith("[graph ", StringComparison.Ordinal) && line.Contains(" input from stream ", StringComparison.Ordinal) && line.Contains("[verbose] w:", StringComparison.Ordinal))
            PicturesChange |= ++pictureGraphs > 1;
        else if (line.StartsWith("[Parsed_scale_", StringComparison.Ordinal) && line.IndexOf(" -> ", StringComparison.Ordinal) is > 0 and var end)
        {
            var form = line[(line.IndexOf("] [", StringComparison.Ordinal) + 1)..end];
            PicturesChange |= pictureForm is not null && pictureForm != form;
            pictureForm = form;
        }
    }

    // "... n:   0 pts:    100 pts_time:0.1 ... s:43x32 ...", after "... config in time_base: 1/1000, frame_rate: 10/1".
    private void ReadStamp(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? After(string name) =>
            Array.FindIndex(fields, field => field.StartsWith(name, StringComparison.Ordinal)) is >= 0 and var at
                ? fields[at].Length > name.Length ? fields[at][name.Length..] : fields.ElementAtOrDefault(at + 1)
                : null;
        if (line.Contains("config in time_base:", StringComparison.Ordinal))
        {
            if (Pair(After("time_base:"), '/') is { Above: > 0, Below: > 0 } unit) timeBase = unit;
            if (Pair(After("frame_rate:"), '/') is { Above: > 0, Below: > 0 } rate) pictureSeconds = rate.Below / (double)rate.Above;
        }
        else if (After("n:") is not null && Pair(After("s:"), 'x') is { Above: > 0, Below: > 0 } size)
        {
            double? seconds = long.TryParse(After("pts:"), CultureInfo.InvariantCulture, out var time) ? time * (double)timeBase.Above / timeBase.Below : null;
            stamps.Writer.TryWrite(new PictureStamp(seconds, pictureSeconds, (int)size.Above, (int)size.Below));
        }
    }

    private static (long Above, long Below) Pair(string? text, char between)
    {
        var parts = text?.TrimEnd(',').Split(between) ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var above) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var below)
            ? (above, below)
            : default;
    }
}
